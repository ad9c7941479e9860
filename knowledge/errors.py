"""The errors of this room.

KnowledgeError
├── KnowledgeFaultsError    files of the knowledge base that cannot be used, every fault with its place
├── NotWrittenError         files of the knowledge base that could not be written
├── QuestionFileError       lines of a question file that cannot be read
└── FittedModelError        the fitted numbers of the matcher are missing or of another version
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.wording import EditorLanguage, words_for
from knowledge.wording.excerpts import excerpt
from knowledge.wording.korean_forms import in_korean

_LETTERS = 26


class KnowledgeError(Exception):
    """Base of everything that goes wrong in this room."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something an editor must mend, and where.

    `line` and `column` count from 1. `kind` and `details` say what it is; the words are in `knowledge.wording`. `text`
    is the line itself, as far as it is known.
    """

    file: str
    line: int
    column: int
    kind: str
    details: tuple[tuple[str, str], ...] = ()
    text: str = field(default="", compare=False)

    def wrong(self, language: EditorLanguage = "en") -> str:
        """What is wrong, in a sentence."""
        said = words_for(self.kind, language).what_is_wrong(dict(self.details))
        return in_korean(said) if language == "ko" else said

    def advice(self, language: EditorLanguage = "en") -> str:
        """What to type or do instead."""
        said = words_for(self.kind, language).what_to_do(dict(self.details))
        return in_korean(said) if language == "ko" else said

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.wrong()} {self.advice()}"

    def told(self, language: EditorLanguage, level: str = "", file: str = "") -> str:
        """The fault on some lines: the place, what is wrong, the line with a caret, and what to do instead.

        `level` is how grave it is, in that language; `file` is shown in place of the file's name in the folder.
        """
        named = file or self.file
        cell = f"{_column_letters(self.column)}{self.line}"
        place = f"{named} {cell}: " if named.endswith("]") else f"{named}:{self.line}:{self.column}: "
        first = f"{place}{level}{': ' * bool(level)}{self.wrong(language)}"
        return "\n".join([first, *excerpt(self.text, self.column, self.line), f"    → {self.advice(language)}"])


def _column_letters(number: int) -> str:
    """A workbook's column as its head names it: A, B, … Z, AA."""
    rest, letter = divmod(number - 1, _LETTERS)
    return (_column_letters(rest) if rest else "") + chr(ord("A") + letter)


def details(**values: object) -> tuple[tuple[str, str], ...]:
    """The details of a fault, as it keeps them."""
    return tuple((name, str(value)) for name, value in sorted(values.items()))


class KnowledgeFaultsError(KnowledgeError):
    """The knowledge base has faults; `faults` lists all of them in the order of files and lines."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))

    def told(self, language: EditorLanguage) -> str:
        """Every fault with its line, as a person reads them."""
        return "\n".join(fault.told(language) for fault in self.faults)


class NotWrittenError(KnowledgeError):
    """Files of the knowledge base could not be written; they are as they were."""

    def __init__(self, kind: str, **values: object) -> None:
        """Takes a kind of fault and its details."""
        self._fault = Fault("", 1, 1, kind, details(**values))
        super().__init__(self.told("en"))

    def told(self, language: EditorLanguage) -> str:
        """Why, and what to do, on one line."""
        return f"{self._fault.wrong(language)} {self._fault.advice(language)}"


class QuestionFileError(KnowledgeError):
    """Lines of a question file are not questions; the message names the first, and how many more there are."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first, *others = faults
        self.faults = faults
        more = f" ({len(others)} more)" if others else ""
        super().__init__(f"{first.file}:{first.line}: {first.wrong()} {first.advice()}{more}")

    def faults_in(self, folder: Path) -> list[Fault]:
        """The faults, with their file called as it is in the folder."""
        return [replace(each, file=str(Path(each.file).relative_to(folder))) for each in self.faults]


class FittedModelError(KnowledgeError):
    """The fitted numbers cannot be used; the message says which command makes them anew."""

    def __init__(self, file: Path, problem: str) -> None:
        self.file, self.problem = file, problem
        super().__init__(f"{file}: {problem}; make it anew with: python main.py fit")
