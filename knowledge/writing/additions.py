"""What can be added to a knowledge base."""

import re
from collections.abc import Collection, Mapping
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


def new_id(topic: str, english: str, taken: Collection[str]) -> str:
    """An id that no entry has, made of the English question where there is one, else of the topic and a number."""
    words = re.findall(r"[a-z0-9]+", english.casefold().replace("'", ""))
    telling = [word for word in words if len(word) >= _TELLING][:_MOST_WORDS]
    stem = "-".join(telling)[:_LONGEST_STEM].strip("-")
    if stem and stem not in taken:
        return stem
    stem, number = stem or topic[:_LONGEST_STEM].strip("-"), 2 if stem else 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


_MOST_WORDS = 4
_TELLING = 4
"""Letters: shorter English words mostly say nothing of what is asked."""
_LONGEST_STEM = 40
