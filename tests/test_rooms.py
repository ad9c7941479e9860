"""The house rules: imports go one way, each library stays in its room, and nothing new lies about at the top."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CASES_OF_THEIR_OWN, MANY_CASES, UNTRACED, WHOLE_PROGRAMS

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "knowledge", "handlers", "tests")
TOP_LEVEL = {
    "bot", "knowledge", "handlers", "tests", "main.py", "pyproject.toml",
    "README.md", "CHANGELOG.md", "Makefile", "requirements.lock", "requirements-dev.lock",
    ".ci", "deploy", "docs", "benchmarks", ".gitignore", ".env.example",
    "LICENSE", ".dockerignore", "Dockerfile",
}  # fmt: skip


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a clone")
    return listed.stdout.splitlines()


def _imported(text: str) -> set[str]:
    """The first names of the modules that a text imports, wherever it does so."""
    tree = ast.parse(text)
    modules = [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    modules += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {module.split(".")[0] for module in modules}


_PERHAPS = re.compile(r"import\b.*\bmain\b|from main\b")
"""Whether it is worth parsing a text, which takes long."""


def test_imports_keep_the_contracts() -> None:
    checker = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [checker, "--config", "pyproject.toml", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_nobody_imports_the_composition_root() -> None:
    texts = {file: file.read_text(encoding="utf-8") for room in ROOMS for file in (ROOT / room).rglob("*.py")}
    assert [str(file) for file, text in texts.items() if _PERHAPS.search(text) and "main" in _imported(text)] == []


def test_the_top_level_is_closed() -> None:
    assert {name.split("/")[0] for name in _tracked()} <= TOP_LEVEL


def test_the_editors_folder_holds_topics_alone() -> None:
    assert {file.suffix for file in (ROOT / "knowledge/entries").iterdir()} == {".yaml"}


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {file.parent for file in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("name", sorted({*WHOLE_PROGRAMS, *MANY_CASES, *UNTRACED, *CASES_OF_THEIR_OWN}))
def test_what_is_marked_by_its_name_is_there(name: str) -> None:
    file, _, test = name.partition("::")
    assert (ROOT / file).exists()
    assert not test or f"def {test.partition('[')[0]}" in (ROOT / file).read_text(encoding="utf-8")
