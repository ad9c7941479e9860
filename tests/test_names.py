"""No two files and no two classes of the product share a name in different senses, and no folder is crowded."""

import ast
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

SAME_SENSE = {
    "__init__": "a package",
    "errors": "the error tree of a room",
    "database": "the database, and the command on it",
    "doctor": "the command, and what it says",
    "drafts": "drafts, where they are stored, and the command on them",
    "fitted": "the fitted numbers of a room",
    "groups": "groups of questions, and where they are stored",
    "metrics": "what is counted, and the page that shows it",
    "questions": "recorded questions, where they are stored, and the command on them",
    "staff_group": "the staff group, and what is said in it",
    "tables": "tables of the database",
    "version": "which version this is, and the command that says it",
    "webhook": "Telegram's webhook: what comes in at the web's door, and what Telegram is told of it",
}
"""Files that have the same name and speak of the same thing."""
MOST_MODULES = 13
"""In a folder, with its `__init__`: so many a newcomer can look through. Migrations are a history that only grows."""


def test_no_two_files_share_a_name_in_different_senses() -> None:
    places = defaultdict(list)
    for file in _files():
        places[file.stem].append(str(file.relative_to(ROOT)))
    assert _shared(places, SAME_SENSE.keys()) == {}


def test_no_two_classes_share_a_name() -> None:
    places = defaultdict(list)
    for file in _files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(file.relative_to(ROOT)))
    assert _shared(places, ()) == {}


def test_no_folder_holds_too_many_modules() -> None:
    folders = Counter(str(file.parent.relative_to(ROOT)) for file in _files() if file.parent.name != "versions")
    assert {folder: count for folder, count in folders.items() if count > MOST_MODULES} == {}


def _files() -> Iterator[Path]:
    yield ROOT / "main.py"
    for room in ("bot", "knowledge", "handlers"):
        yield from (ROOT / room).rglob("*.py")


def _shared(places: dict[str, list[str]], known: Collection[str]) -> dict[str, list[str]]:
    return {name: files for name, files in places.items() if len(files) > 1 and name not in known}
