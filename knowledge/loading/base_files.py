"""Which files of a folder make a knowledge base, and which of the others were probably meant to."""

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import Fault, details

VOCABULARY = "vocabulary.yaml"
OPTIONAL = ("about.yaml", "sources.yaml", VOCABULARY, "figures.yaml")
_OF_WINDOWS = frozenset({"desktop.ini", "thumbs.db"})
_TEXT_ENDINGS = frozenset({"", ".txt", ".text", ".md"})
"""Of files that may well be meant for a topic."""
_MEANT = re.compile(r"(?P<stem>.+?)\.ya?ml(?:\.txt)?", re.IGNORECASE)
"""An ending that somebody's program put in the place of .yaml, or behind it."""


def topics_in(folder: Path) -> list[Path]:
    """The files of `entries/` that are read. Names that begin with a dot are other programs' own."""
    return [file for file in _topics(folder) if not is_special(file)]


def _topics(folder: Path) -> list[Path]:
    return [file for file in _found(folder / "entries", "*.yaml") if not file.name.startswith(".")]


def _found(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern)) if is_there(folder) else []


def is_special(file: Path) -> bool:
    """Whether it is a pipe, a socket or a device: reading it may never end."""
    return is_there(file) and not (file.is_file() or file.is_dir())


def is_there(file: Path) -> bool:
    """Whether there is such a file, in a folder that the system lets this program look into."""
    try:
        return file.exists()
    except OSError:
        return False


def files_of(folder: Path) -> list[Path]:
    """All files that a knowledge base is read from, in order."""
    optional = [file for name in OPTIONAL if is_there(file := folder / name) and not is_special(file)]
    return [*optional, *topics_in(folder), *question_files_in(folder)]


def question_files_in(folder: Path) -> list[Path]:
    """The practice questions' files."""
    return [file for file in _question_files(folder) if not is_special(file)]


def _question_files(folder: Path) -> list[Path]:
    files = _found(folder / "questions", "*/*.jsonl")
    return [file for file in files if not any(part.startswith(".") for part in file.relative_to(folder).parts)]


def watched_in(folder: Path) -> list[Path]:
    """All files whose change may change the knowledge base, or what is to be said of it."""
    return [*files_of(folder), *(file for file, _, _ in _misnamed(folder))]


def special(folder: Path) -> Iterator[Fault]:
    """A fault for each file that would be read if it were one."""
    for file in (*(folder / name for name in OPTIONAL), *_topics(folder), *_question_files(folder)):
        if is_special(file):
            yield Fault(file.relative_to(folder).as_posix(), 1, 1, "not-a-file", details(name=file.name))


def misnamed(folder: Path) -> Iterator[Fault]:
    """A fault for each file that is not read because of how its name ends."""
    for file, name, right in _misnamed(folder):
        yield Fault(name, 1, 1, "wrong-name", details(name=file.name, near=right))


def _misnamed(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Each with the name that faults call it by, and the name that it should have."""
    for file, name in _others(folder):
        if match := _MEANT.fullmatch(file.name):
            yield file, name, f"{match['stem']}.yaml"
    for file in _found(folder, "*.[yY]*"):
        match = _MEANT.fullmatch(file.name)
        right = f"{match['stem']}.yaml".lower() if match else ""
        if right in OPTIONAL and file.name != right and not is_special(file):
            yield file, file.name, right


def strays(folder: Path) -> Iterator[Fault]:
    """A fault for each file and folder that is not read, though nobody can say that it was meant to be."""
    for file, name in _others(folder):
        if not _MEANT.fullmatch(file.name):
            near = f"{file.stem}.yaml" if file.suffix in _TEXT_ENDINGS and file.is_file() else ""
            yield Fault(name, 1, 1, "not-read", details(name=file.name, near=near))
    for file in _found(folder, "*.yaml"):
        if file.name.lower() not in OPTIONAL and not _is_of_another_program(file):
            yield Fault(file.name, 1, 1, "not-in-entries", details(name=file.name))
    for file in _unread_under_questions(folder):
        stem = file.name.partition(".")[0]
        _, *authors, _ = file.relative_to(folder).parts
        near = f"questions/{authors[0] if authors else stem}/{stem}.jsonl"
        place = file.relative_to(folder).as_posix()
        yield Fault(place, 1, 1, "question-file-not-read", details(name=file.name, near=near))


def _unread_under_questions(folder: Path) -> Iterator[Path]:
    read = set(question_files_in(folder))
    for file in _found(folder / "questions", "**/*"):
        within = file.relative_to(folder).parts
        if file not in read and is_there(file) and file.is_file() and not any(map(_is_name_of_another_program, within)):
            yield file


def _others(folder: Path) -> Iterator[tuple[Path, str]]:
    read = set(topics_in(folder))
    for file in _found(folder / "entries", "*"):
        if file not in read and not is_special(file) and not _is_of_another_program(file):
            yield file, f"entries/{file.name}"


def _is_of_another_program(file: Path) -> bool:
    return _is_name_of_another_program(file.name)


def _is_name_of_another_program(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~") or name.lower() in _OF_WINDOWS
