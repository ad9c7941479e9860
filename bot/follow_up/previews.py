"""What staff see before citizens are told: the answer as it will be read, and each asker's own question above it."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.records.errors import Caution
from bot.records.groups import Answer, Group
from bot.records.questions import Asker, RecordedQuestion
from bot.wording import basis_line
from knowledge.base import Entry, KnowledgeBase, Language
from knowledge.text.cleaning import letters_of

LEAST_LINKED = 0.03
"""Confidence; what is further away was no suggestion for the citizen, and is none for staff."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as citizens worded it, which is quoted above the answer to those who asked it.

    `numbers` are the records that have these words, the oldest first; any of them leaves the question out. `waiting` is
    how many citizens want to be told the answer to it.
    """

    numbers: tuple[int, ...]
    text: str
    language: Language
    waiting: int


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """An answer before it is sent, letter by letter as citizens will read it.

    `number` sends it. `answer` is in one language, or that of the linked entry `entry_id`, with its basis and caution,
    in each that it has. `asked` are the questions that it goes to. `waiting` is how many citizens want to be told.
    """

    number: int
    group: Group
    answer: Answer
    language: Language
    entry_id: str | None
    cautions: tuple[Caution, ...]
    asked: tuple[Asked, ...]
    waiting: int

    @property
    def text(self) -> str:
        """The answer in the preview's language."""
        return self.answer.in_language(self.language)

    @property
    def seen(self) -> int:
        """A number that says which questions are shown: `send` is refused when the group has others by then."""
        return fingerprint(number for asked in self.asked for number in asked.numbers)


def fingerprint(questions: Iterable[int]) -> int:
    """The same number for the same questions, in any order; never 0."""
    return zlib.crc32(",".join(map(str, sorted(questions))).encode()) or 1


def asked_in(questions: Sequence[RecordedQuestion], waiting: Sequence[Asker]) -> tuple[Asked, ...]:
    """The questions by their words, in the order they were first asked; spaces and marks make no difference."""
    by_words: dict[str, list[RecordedQuestion]] = {}
    for question in questions:
        by_words.setdefault(letters_of(question.text) or question.text, []).append(question)
    wants = {asker.question for asker in waiting}
    return tuple(
        Asked(
            tuple(each.number for each in alike),
            alike[0].text,
            alike[0].language,
            sum(each.number in wants for each in alike),
        )
        for alike in by_words.values()
    )


def answer_of(entry: Entry, today: date) -> Answer:
    """What citizens read of a linked entry: its answer without markup, its basis, and whether it may have changed."""
    return Answer(_as_told(entry, "ko", today), _as_told(entry, "en", today) if entry.answer.en else None)


def _as_told(entry: Entry, language: Language, today: date) -> str:
    said = entry.answer.in_language(language).replace("**", "")
    return "\n\n".join(filter(None, (said, basis_line(entry, language, today))))


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """An entry that a group may be linked to, with how near it is in 0..1."""

    entry: Entry
    confidence: float


def link_choices(confidences: Mapping[str, float], knowledge: KnowledgeBase) -> list[LinkChoice]:
    """Of entries by their ids, those that answer something and are not far away, the nearest first."""
    near = sorted(confidences.items(), key=lambda item: -item[1])
    return [
        LinkChoice(entry, confidence)
        for entry_id, confidence in near
        if confidence >= LEAST_LINKED and (entry := knowledge.entries.get(entry_id)) and not entry.known_gap
    ]


def nearest_confidences(group: Group, questions: Sequence[RecordedQuestion]) -> dict[str, float]:
    """How near entries are to any of the group's questions, by their ids."""
    confidences: dict[str, float] = {}
    for near in [*group.nearest, *(near for question in questions for near in question.nearest)]:
        confidences[near.entry_id] = max(near.confidence, confidences.get(near.entry_id, 0.0))
    return confidences
