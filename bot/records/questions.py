"""Unanswered questions as the service knows them, and what it needs of the place that keeps them.

Beside: the citizens who want to be told the answer, and what is counted, figures without any citizen in them.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
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


_LETTERS = "ACDEFHJKLMNPRTUVWXY"
_DIGITS = "34679"
_SHAPE = "LDL-DLD"
"""Letters and digits take turns, so that no receipt is a word; what looks alike (0 and O, 1 and I ...) is left out."""
_LOOKS_LIKE = str.maketrans("", "", "- _.\N{EN DASH}\N{HYPHEN}\N{MINUS SIGN}")


class AskerState(StrEnum):
    """Where the telling of one citizen stands."""

    WAITING = "waiting"
    TELLING = "telling"
    """The answer is on its way."""
    TOLD = "told"
    FAILED = "failed"
    """The answer could not be delivered."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Asker:
    """A citizen who wants to be told. Where they are (`chat`, `message`) is destroyed once nobody needs it."""

    number: int
    question: int
    text: str
    """Their question, masked."""
    language: Language
    receipt: str
    state: AskerState
    question_state: QuestionState
    channel: str
    chat: int | None
    message: int | None
    asked_at: datetime
    group: int | None
    """The group of the question; none before it was placed in one."""
    reason: str | None = None
    """Why the answer could not be delivered."""


def new_receipt() -> str:
    """A receipt such as `A7K-3M4` that nobody can guess who may only try in their own chat."""
    return "".join({"L": secrets.choice(_LETTERS), "D": secrets.choice(_DIGITS)}.get(kind, kind) for kind in _SHAPE)


def tidy_receipt(written: str) -> str:
    """A receipt as a citizen wrote it, in the spelling it was given out in."""
    plain = re.sub(r"\s", "", written.upper().translate(_LOOKS_LIKE))
    return f"{plain[:3]}-{plain[3:]}" if len(plain) == len(_SHAPE) - 1 else plain


class Tally(StrEnum):
    """What is counted."""

    ASKED = "asked"
    """Every question."""
    ANSWERED = "answered"
    """Questions that the assistant answered."""
    SUGGESTED = "suggested"
    REFUSED = "refused"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    ANSWERED_BY_STAFF = "answered_by_staff"
    """Questions in groups that staff answered."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something was counted on a day, for a topic and an entry (empty where there is none)."""

    day: date
    kind: Tally
    topic: str
    entry_id: str
    count: int


@dataclass(frozen=True, slots=True)
class CountedVote:
    """Whether an answer helped a citizen, and which entry it was."""

    helpful: bool
    topic: str
    entry_id: str
    day: date


class VoteOutcome(StrEnum):
    """What became of a vote."""

    COUNTED = "counted"
    CHANGED = "changed"
    """The citizen had voted the other way before; the newer vote counts in its place."""
    SAME = "same"
    """The citizen had voted so before; nothing more is counted."""
