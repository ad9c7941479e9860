"""Changes of the knowledge base that answers of staff propose."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from knowledge.base import Language
from knowledge.text.cleaning import letters_of

NO_GROUP = 0
"""The group of a draft that was made of no answer."""


class DraftKind(StrEnum):
    """What a draft adds to the knowledge base."""

    ENTRY = "entry"
    PHRASINGS = "phrasings"
    """Ways to ask for an entry that is there."""


class DraftState(StrEnum):
    """Where a draft stands."""

    NEW = "new"
    WRITTEN = "written"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft adds. `question`, `answer`, `topic` and `as_of` are of new entries only."""

    phrasings: dict[Language, tuple[str, ...]] = field(default_factory=dict)
    """Citizens' own masked words; the question is not among them."""
    question: dict[Language, str] = field(default_factory=dict)
    answer: dict[Language, str] = field(default_factory=dict)
    topic: str | None = None
    """A guess: the topic of the entry that was nearest."""
    as_of: str | None = None

    def with_phrasing(self, language: Language, text: str) -> "Content":
        """The content with one more way to ask, unless it has it."""
        known = [*self.question.values(), *(way for ways in self.phrasings.values() for way in ways)]
        if letters_of(text) in map(letters_of, known):
            return self
        ways = (*self.phrasings.get(language, ()), text)
        return replace(self, phrasings={**self.phrasings, language: ways})

    def without(self, letters: Collection[str]) -> "Content":
        """The content without what is asked in words of these letters; a phrasing takes the place of the question."""
        question = {language: text for language, text in self.question.items() if letters_of(text) not in letters}
        phrasings: dict[Language, tuple[str, ...]] = {}
        for language, texts in self.phrasings.items():
            left = [text for text in texts if letters_of(text) not in letters]
            if left and language in self.question and language not in question:
                question[language] = left.pop(0)
            if left:
                phrasings[language] = tuple(left)
        return replace(self, question=question, phrasings=phrasings)

    def asked(self) -> list[tuple[Language, str]]:
        """The question and every phrasing, each with its language."""
        ways = [(language, text) for language, texts in self.phrasings.items() for text in texts]
        return [*self.question.items(), *ways]


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed change: a new entry of that id, or phrasings for the entry of that id."""

    number: int
    group: int
    kind: DraftKind
    state: DraftState
    entry_id: str
    content: Content
    made_at: datetime
