"""What can be added to a knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.base import Language

Texts = Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that is to be added to its topic; `topic` is None, or of no file, for the staff's own topic."""

    id: str
    topic: str | None
    question: Mapping[Language, str]
    answer: Mapping[Language, str]
    phrasings: Texts = field(default_factory=dict)
    source: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class MorePhrasings:
    """More ways to ask for an entry that is there."""

    entry_id: str
    phrasings: Texts


@dataclass(frozen=True, slots=True)
class RegressionQuestion:
    """A question that the entry must go on to answer; `id` names it in the question file."""

    id: str
    question: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class Additions:
    """Everything that is to be added at once."""

    entries: tuple[NewEntry, ...] = ()
    phrasings: tuple[MorePhrasings, ...] = ()
    regression: tuple[RegressionQuestion, ...] = ()
