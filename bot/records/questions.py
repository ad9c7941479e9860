"""Unanswered questions as the service knows them, and what it needs of the place that keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from knowledge.base import Language
from knowledge.finding import Outcome


class QuestionState(StrEnum):
    """Where a recorded question stands."""

    OFFERED = "offered"
    """Suggestions were shown and the citizen has not said whether they help: not yet unanswered."""
    SETTLED = "settled"
    """The citizen chose one of the suggestions."""
    OPEN = "open"
    """Unanswered: staff should look at it."""
    ANSWERED = "answered"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry that was near to the question, with its confidence."""

    entry_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to record. `text` is masked already; `origin` is unique for the message it came in."""

    origin: str
    text: str
    language: Language
    outcome: Outcome
    state: QuestionState
    nearest: tuple[Nearest, ...]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """A question as it is kept."""

    number: int
    text: str
    language: Language
    outcome: Outcome
    state: QuestionState
    nearest: tuple[Nearest, ...]
    asked_at: datetime
    group: int | None = None
    """The number of the group it belongs to; none before it was placed in one."""


DAYS_OF_WAITING = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """How many questions wait for staff, since when the oldest, and how many for longer than so many days."""

    count: int
    oldest: datetime | None
    longer_than: Mapping[int, int]


class QuestionRecords(Protocol):
    """Keeps questions. Each method raises StorageError when the database cannot be used."""

    async def record(self, question: NewQuestion) -> int:
        """The number under which the question is kept; the same origin twice is one record."""
        ...

    async def number_of(self, origin: str) -> int:
        """The number under which the question of that origin is kept; 0 where none is."""
        ...

    async def turn_down(self, number: int) -> bool:
        """Marks offered suggestions as turned down, so that the question is open; False when it was not offered."""
        ...

    async def settle(self, number: int, entry_id: str) -> bool:
        """Marks the question as settled by this one of its suggestions; False when it was not offered."""
        ...

    async def listed(self, state: QuestionState | None = None, limit: int | None = None) -> list[RecordedQuestion]:
        """Recorded questions, newest first, of one state or, with None, of every state but offered and settled."""
        ...

    async def get(self, number: int) -> RecordedQuestion:
        """The question of that number; raises UnknownQuestionError."""
        ...
