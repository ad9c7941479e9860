"""Changes of the knowledge base that answers of staff and choices of citizens propose, and the ids of new entries."""

import re
import unicodedata
from collections.abc import Collection, Container
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from knowledge.base import MAX_ID_LENGTH, Language
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


@dataclass(frozen=True, slots=True)
class CitizensWording:
    """A masked question, and the entry that its askers then chose among suggestions.

    `number` is that of its first question; `people` is how many different people asked in these words.
    """

    number: int
    text: str
    language: Language
    entry_id: str
    people: int


_MOST_WORDS = 4
_LONGEST = MAX_ID_LENGTH - len("-999")
_WITHOUT_WORDS = "staff-answer"
_FIRST_SYLLABLE, _LAST_SYLLABLE = "가", "힣"
_VOWELS_TIMES_FINALS, _FINALS_COUNT = 588, 28
_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")  # noqa: SIM905  # easier to read than 19 quoted letters
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")  # noqa: SIM905  # easier to read
_FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")  # noqa: SIM905  # easier to read
"""The letters of the Revised Romanization, syllable by syllable: readable, and close enough for an id."""


def new_slug(question: str, taken: Container[str]) -> str:
    """An id after the question's first words that is not `taken`."""
    words = re.findall(r"[a-z0-9]+", _romanised(question).lower())
    slug = ""
    for word in words[:_MOST_WORDS]:
        longer = f"{slug}-{word}" if slug else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        slug = longer
    return _untaken(slug or _WITHOUT_WORDS, taken)


def _untaken(slug: str, taken: Container[str]) -> str:
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _romanised(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    return "".join(map(_letters, composed))


def _letters(character: str) -> str:
    if not _FIRST_SYLLABLE <= character <= _LAST_SYLLABLE:
        return character
    initial, rest = divmod(ord(character) - ord(_FIRST_SYLLABLE), _VOWELS_TIMES_FINALS)
    vowel, final = divmod(rest, _FINALS_COUNT)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
