"""What newcomers read is complete: settings, commands, and the public modules' docstrings."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from typer.main import get_command

from bot.settings import Settings
from handlers.command_line.app import build_app
from knowledge.loading.silence import ADVICE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = [name.upper() for name in Settings.model_fields]
MODULES = [file for room in ("bot", "knowledge", "handlers") for file in sorted((ROOT / room).rglob("*.py"))]


def _commands() -> dict[str, list[str]]:
    """The names of the commands, each with those of the commands under it."""
    program: Any = get_command(build_app(cast("Any", None)))
    return {name: sorted(getattr(command, "commands", {})) for name, command in program.commands.items()}


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_is_documented_and_in_the_template(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs/operators.md").read_text(encoding="utf-8")
    assert re.search(rf"^#? ?{name}=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert Settings.model_fields[name.lower()].description


def test_no_setting_is_documented_that_does_not_exist() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operators.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(SETTINGS)


@pytest.mark.parametrize(("name", "below"), _commands().items())
def test_command_is_in_the_readme(name: str, below: list[str]) -> None:
    (row,) = [line for line in README.splitlines() if line.startswith(f"| `python main.py {name}")][:1]
    assert all(f"`{each}`" in row or f"{name} {each}`" in row for each in below), row


@cache
def _modules() -> dict[str, ast.Module]:
    """The modules by their places in the project."""
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in MODULES}


def test_modules_say_what_they_are_for() -> None:
    assert [place for place, tree in _modules().items() if tree.body and not ast.get_docstring(tree)] == []


def test_public_classes_and_functions_have_docstrings() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [
        (place, node)
        for place, tree in _modules().items()
        for node in tree.body
        if isinstance(node, kinds) and not node.name.startswith("_")
    ]
    assert len(public) > len(MODULES) / 2
    assert [f"{place}: {node.name}" for place, node in public if not ast.get_docstring(node)] == []


def test_documents_link_to_files_that_exist() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        links = re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text(encoding="utf-8"))
        assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("guide", ["editors.md", "editors.ko.md"])
def test_the_guides_for_editors_name_every_rule(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = {name.strip("` ") for row in rows for name in row.split(",")}
    assert named >= ADVICE
