"""The server that the tests start."""

import os
import shutil
from pathlib import Path

import pytest

from tests.postgresql import PostgreSQLServer, installed_programs, running_server


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account run the server")
def test_server_runs_from_a_folder_that_only_root_may_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = installed_programs()
    if not programs or "site-packages" not in programs.parts:
        pytest.skip("the package with PostgreSQL's programs is not installed")
    package = programs.parents[1]
    for part in (package / "pginstall", *package.parent.glob(f"{package.name}.libs")):
        shutil.copytree(part, tmp_path / "home" / part.relative_to(package.parent), symlinks=True)
    (tmp_path / "home").chmod(0o700)
    hidden = tmp_path / "home" / programs.relative_to(package.parent)
    monkeypatch.setattr("tests.postgresql.installed_programs", lambda: hidden)
    with running_server() as server:
        assert _names(server, server.new_database()) == "test_1"


def _names(server: PostgreSQLServer, url: str) -> str:
    server.empty(url)  # it answers
    return url.partition("@/")[2].partition("?")[0]
