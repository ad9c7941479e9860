"""The errors of this room.

KnowledgeError
├── KnowledgeFaultsError    files of the knowledge base that cannot be used, every fault with its place
├── QuestionFileError       a line of a question file that cannot be read
└── FittedModelError        the fitted numbers of the matcher are missing or of another version
"""

from dataclasses import dataclass
from pathlib import Path


class KnowledgeError(Exception):
    """Base of everything that goes wrong in this room."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something an editor must mend, and where. `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class KnowledgeFaultsError(KnowledgeError):
    """The knowledge base has faults; `faults` lists all of them in the order of files and lines."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


class QuestionFileError(KnowledgeError):
    """A line of a question file is not a question; the message names file, line and what is wrong."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        self.file, self.line, self.problem = file, line, problem
        super().__init__(f"{file}:{line}: {problem}")


class FittedModelError(KnowledgeError):
    """The fitted numbers cannot be used; the message says which command makes them anew."""

    def __init__(self, file: Path, problem: str) -> None:
        self.file, self.problem = file, problem
        super().__init__(f"{file}: {problem}; make it anew with: python main.py fit")
