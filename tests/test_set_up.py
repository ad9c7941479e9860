"""The locks, and a checkout that sets itself up where nothing was before."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
RUNNING = ROOT / "requirements.lock"
TESTING = ROOT / "requirements-dev.lock"
OLDEST_PIP = "pip==23.0"
NEWEST_PIP = "pip"
LARGEST = 420_000_000
"""Bytes of what `make setup` installs. Nearly 100 million are the sentence embeddings (docs/matching.md)."""
PINNED = re.compile(r"^(\S+==[^;\\]+?)\s*(;[^\\]+)?\\$", re.MULTILINE)
NOT_PASSED_ON = ("PIP_CACHE", "XDG_", "MAKE", "MFLAGS", "COVERAGE", "PYTEST", "PYTHON", "VIRTUAL_ENV", "HOME")


def locked(lock: Path) -> dict[str, str]:
    """The version of each package that a lock names for this machine."""
    requirements = [Requirement(name + (marker or "")) for name, marker in PINNED.findall(lock.read_text())]
    here = [each for each in requirements if each.marker is None or each.marker.evaluate()]
    return {canonicalize_name(each.name): str(each.specifier).removeprefix("==") for each in here}


def run(*command: str | Path, cwd: Path, home: Path, **environment: str) -> str:
    """What a command prints, in an environment that knows nothing of this one's caches and settings."""
    passed = {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**passed, "HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@cache
def project() -> dict[str, list[str]]:
    import tomllib

    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {"running": read["project"]["dependencies"], **read["dependency-groups"]}


@pytest.mark.parametrize("lock", [RUNNING, TESTING], ids=lambda lock: lock.name)
def test_lock_names_no_registry_and_gives_each_package_one_version_and_hashes(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"://|^-|@", text, re.MULTILINE)
    entries = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert len(entries) == len(PINNED.findall(text)), "an entry is not pinned, or has no hash"
    assert not [name for name in entries if "[" in name.split(";")[0]], "pip resolves an extra anew"


def test_running_lock_holds_what_running_asks_for_at_the_versions_of_the_other() -> None:
    running, testing = locked(RUNNING), locked(TESTING)
    assert running.items() <= testing.items()
    for text in project()["running"]:
        requirement = Requirement(text)
        assert running[canonicalize_name(requirement.name)] in requirement.specifier, f"run `make lock`: {text}"


def test_testing_lock_holds_what_every_group_asks_for() -> None:
    testing = locked(TESTING)
    for requirement in map(Requirement, (text for group in project().values() for text in group)):
        assert testing[canonicalize_name(requirement.name)] in requirement.specifier, f"run `make lock`: {requirement}"


@pytest.mark.parametrize("group", ["dev", "fit", "benchmark"])
def test_what_running_does_without_is_not_locked_for_it(group: str) -> None:
    names = {canonicalize_name(Requirement(text).name) for text in project()[group]} - {"packaging"}  # limits needs it
    assert names.isdisjoint(locked(RUNNING))


@pytest.mark.skipif(
    not (Path(sys.prefix) / ".holds-requirements-dev.lock").exists(), reason="this environment was not made by `make`"
)
def test_environment_holds_what_the_lock_says_and_nothing_else() -> None:
    assert installed_here() == locked(TESTING)


def installed_here() -> dict[str, str]:
    found = {canonicalize_name(each.name): each.version for each in distributions()}
    return {name: version for name, version in found.items() if name != "pip"}


@pytest.mark.installs
@pytest.mark.parametrize(
    "pip",
    [
        pytest.param(OLDEST_PIP, id="oldest"),
        # `.ci/run` begins with the same in its own clone, by the pip that comes with Python.
        pytest.param(None, id="bundled", marks=pytest.mark.soak),
        pytest.param(NEWEST_PIP, id="newest"),
    ],
)
def test_fresh_checkout_sets_itself_up_and_answers(pip: str | None, tmp_path: Path) -> None:
    """From the commit alone, in an empty home without a cache, looking for nothing that the lock does not name."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    home, checkout, log = tmp_path / "home", tmp_path / "checkout", tmp_path / "pip.log"
    home.mkdir()
    run("git", "-c", "safe.directory=*", "clone", "--quiet", "--no-local", ROOT, checkout, cwd=tmp_path, home=home)
    python = checkout / ".venv" / "bin" / "python"
    if pip:
        run(sys.executable, "-m", "venv", checkout / ".venv", cwd=checkout, home=home)
        run(python, "-m", "pip", "install", "--quiet", "--upgrade", pip, cwd=checkout, home=home)

    # To compile every module and to prepare the knowledge base, which no pip has a part in, once is enough.
    known = [] if pip == OLDEST_PIP else ["LOAD_ALL=pass"]
    prepared = {} if pip == OLDEST_PIP else kept_from_here(tmp_path)
    run("make", "setup", f"PYTHON={sys.executable}", *known, cwd=checkout, home=home, PIP_LOG=str(log), **prepared)

    reply = json.loads(run(python, "main.py", "ask", "--json", "집적단지 예산이 얼마예요?", cwd=checkout, home=home))
    assert reply["outcome"] == "answer"
    lock = locked(checkout / "requirements.lock")
    assert installed(python, home) == lock
    assert looked_for(log) == lock.keys()
    assert "Installing build dependencies" not in log.read_text()
    assert sum(file.stat().st_size for file in (checkout / ".venv").rglob("*") if file.is_file()) <= LARGEST
    # To its eyes, what testing needs satisfies each other too: `make` has asked it about what running needs alone.
    run(python, "-m", "pip", "--python", sys.executable, "check", cwd=checkout, home=home)


def kept_from_here(folder: Path) -> dict[str, str]:
    """A copy of what was prepared here."""
    kept, copy = ROOT / "data" / "cache", folder / "cache"
    if kept.exists():
        shutil.copytree(kept, copy)
    return {"CACHE_DIR": str(copy)}


def installed(python: Path, home: Path) -> dict[str, str]:
    listed = json.loads(run(python, "-m", "pip", "list", "--format", "json", cwd=home, home=home))
    return {canonicalize_name(each["name"]): each["version"] for each in listed if each["name"] != "pip"}


def looked_for(log: Path) -> set[str]:
    return {canonicalize_name(name) for name in re.findall(r"search for versions of (\S+):", log.read_text())}
