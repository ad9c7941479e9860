"""Citizens who want to be told the answer to their question."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.records.questions import QuestionState
from knowledge.base import Language

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
