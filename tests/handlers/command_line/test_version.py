"""Which program this is, and what it is built on."""

import json
from pathlib import Path

import pytest

from bot import version
from tests.handlers.command_line.small_program import SmallRoot, invoke


def test_version_names_program_python_and_sqlite(root: SmallRoot) -> None:
    said = invoke(root, "version").stdout
    assert said.startswith("ai-hub-city-assistant ")
    assert "Python 3." in said
    assert "SQLite 3." in said


@pytest.mark.parametrize("packed", [False, True])
def test_a_checkout_adds_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (tmp_path / ".git/refs/heads").mkdir(parents=True)
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n")
    line, place = "a1b2c3d4" * 5, "packed-refs" if packed else "refs/heads/main"
    (tmp_path / ".git" / place).write_text(f"{line} refs/heads/main\n" if packed else f"{line}\n")
    monkeypatch.setattr(version, "_ROOT", tmp_path)
    assert version.version.__wrapped__() == "1.2.3+a1b2c3d"


def test_without_a_checkout_it_is_the_number_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    monkeypatch.setattr(version, "_ROOT", tmp_path)
    assert version.version.__wrapped__() == "1.2.3"


def test_every_package_has_a_licence(root: SmallRoot) -> None:
    found = {each["name"]: each["licence"] for each in json.loads(invoke(root, "licences", "--json").stdout)}
    assert found["python-telegram-bot"] == "LGPL-3.0-only"
    assert found["RapidFuzz"] == "MIT"
    assert all(found.values())
