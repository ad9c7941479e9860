"""The knowledge base in memory: topics, their entries, and what they are based on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Literal

Language = Literal["ko", "en"]
_VERIFIED_FOR = timedelta(days=365)
LANGUAGES: tuple[Language, ...] = ("ko", "en")
MAX_ANSWER_LENGTH = 3500
"""Characters; a Telegram message holds 4096, and the source, the date and a caution follow the answer."""
MAX_QUESTION_LENGTH = 300
"""Characters; a question is also the label of a button and a line of a list."""
MAX_ID_LENGTH = 48
"""Characters; a button's data holds 64 bytes, the id among them."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A sentence in Korean and, where an editor wrote one, in English."""

    ko: str
    en: str | None = None

    def in_language(self, language: Language) -> str:
        """The sentence in `language`, or in Korean where there is no translation."""
        return self.en if language == "en" and self.en else self.ko


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from; `key` is what entries name it by."""

    key: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Entry:
    """One question-answer unit, with the other ways to ask the question."""

    id: str
    topic_id: str
    question: Bilingual
    answer: Bilingual
    phrasings: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    source: Source | None = None
    as_of: str | None = None
    """Year, month or day of the fact, as written: `2020`, `2020-06` or `2020-06-30`."""
    review_by: date | None = None
    verified: date | None = None
    """The day on which a person found the answer right once more."""
    owner: str | None = None
    """Whoever answers for the fact."""
    see_also: tuple[str, ...] = ()
    known_gap: bool = False
    """The entry holds that the base does not say this; its reply is a fallback, never an answer."""
    subject: Bilingual | None = None
    """Of a known gap: what the base does not say, as a noun phrase. The `answer`, which may be empty, adds to it."""

    def review_is_due(self, today: date) -> bool:
        """Whether the day up to which an editor vouches for the answer has passed."""
        return self.review_day is not None and today > self.review_day

    @property
    def review_day(self) -> date | None:
        """The last day on which the answer needs no review: `review_by`, or a year from when a person verified it."""
        if self.review_by is None or self.verified is None or self.verified < self.review_by:
            return self.review_by
        return self.verified + _VERIFIED_FOR

    def ways_to_ask(self) -> Iterator[tuple[Language, str]]:
        """The question and every phrasing, each with its language."""
        yield "ko", self.question.ko
        if self.question.en:
            yield "en", self.question.en
        for language, phrasings in self.phrasings.items():
            for phrasing in phrasings:
                yield language, phrasing


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of entries: one YAML file."""

    id: str
    title: Bilingual
    entries: tuple[Entry, ...]

    @property
    def answerable(self) -> tuple[Entry, ...]:
        """The entries that answer something, in the order of the file."""
        return tuple(entry for entry in self.entries if not entry.known_gap)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words an editor declares: what means the same, and what names something else than this programme."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words that mean the same; the first of a group is its name."""
    elsewhere: tuple[str, ...] = ()
    """Places, firms and persons the knowledge base says nothing about (부산, 삼성)."""


@dataclass(frozen=True, slots=True)
class PracticeQuestion:
    """A question with its known outcome, from which the matcher learns.

    `entries` are the ids of the entries that answer it, the best first; none when nothing does. `author` is the set it
    belongs to: what one person wrote. `kind` and `noise` are the labels of the question file.
    """

    text: str
    entries: tuple[str, ...]
    author: str
    also: tuple[str, ...] = ()
    """More entries whose answer happens to hold what is asked."""
    kind: str = ""
    noise: str = ""
    before: tuple[str, ...] = ()
    """The questions before it in the same conversation; it may make sense only after them."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom citizens can turn to, as far as it is given."""

    office: Bilingual | None = None
    telephone: str | None = None
    hours: Bilingual | None = None
    page: str | None = None
    """The address of a page."""


@dataclass(frozen=True, slots=True)
class About:
    """What the assistant says about itself; what an editor leaves out is said in neutral words, or not at all."""

    name: Bilingual | None = None
    greeting: Bilingual | None = None
    samples: tuple[Bilingual, ...] = ()
    """Questions to tap."""
    scope: Bilingual | None = None
    """What can be asked about."""
    basis: Bilingual | None = None
    """What all of it rests on, as of when, as a noun phrase: 2020년 광주일보 기사."""
    places: tuple[Bilingual, ...] = ()
    """The names of the municipality it speaks for, the full one first."""
    languages: tuple[Language, ...] = LANGUAGES
    contact: Contact | None = None

    @property
    def place_names(self) -> tuple[str, ...]:
        """The names of the municipality in every language."""
        return tuple(dict.fromkeys(name for place in self.places for name in (place.ko, place.en) if name))


@dataclass(frozen=True)
class KnowledgeBase:
    """All topics with their entries; ids are unique across topics."""

    topics: tuple[Topic, ...]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    practice: tuple[PracticeQuestion, ...] = ()
    about: About = field(default_factory=About)

    def due_by_owner(self, today: date) -> Mapping[str | None, tuple[Entry, ...]]:
        """The entries past their day of review by who answers for them, nobody's last; the longest past first."""
        due = [entry for entry in self.entries.values() if entry.review_is_due(today)]
        due.sort(key=lambda entry: (entry.owner is None, entry.owner or "", entry.review_day or today))
        return {owner: tuple(entries) for owner, entries in groupby(due, lambda entry: entry.owner)}

    @property
    def names_sources(self) -> bool:
        """Whether any entry says where its fact comes from."""
        return any(entry.source for entry in self.entries.values())

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its id, in the order of the files."""
        return {entry.id: entry for topic in self.topics for entry in topic.entries}

    @cached_property
    def unpractised(self) -> frozenset[str]:
        """The ids of the entries with an answer that no practice question asks for; none where nobody practised."""
        if not self.practice:
            return frozenset()
        asked = {entry for question in self.practice for entry in question.entries}
        return frozenset(entry.id for entry in self.entries.values() if not entry.known_gap and entry.id not in asked)
