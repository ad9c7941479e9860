"""Reads questions: repaired by the words of one knowledge base, analysed, and read with the question before.

A question that points back, or asks something of nothing it names, does not stand alone: it is joined with the one
before it in the same conversation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.matching.analysis import Analysis, Analyzer, is_question_word
from knowledge.matching.pointing_back import names_only_a_topic, points_back
from knowledge.text.bounded_cache import remember
from knowledge.text.repair import TextRepair
from knowledge.text.words import words_of

_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read: repaired, and analysed."""

    text: str
    analysis: Analysis
    understood: str | None


class Reader:
    """Reads questions by the words of one knowledge base: `texts` are what its editors wrote.

    `elsewhere` are the names, in small letters, of what the knowledge base says nothing about.
    """

    def __init__(self, knowledge: KnowledgeBase, analyzer: Analyzer, texts: Iterable[str]) -> None:
        self._analyzer = analyzer
        self._repair = TextRepair(words_of(texts), analyzer.morphology)
        self._read: dict[str, Reading] = {}
        """What was read lately: many citizens ask the same."""
        self.elsewhere = frozenset(word.lower() for word in knowledge.vocabulary.elsewhere)

    def read(self, question: str) -> Reading:
        """The question repaired and analysed."""
        known = self._read.get(question)
        return known or remember(self._read, question, self._read_anew(question), _REMEMBERED)

    def _read_anew(self, question: str) -> Reading:
        repaired = self._repair.repair(question)
        return Reading(repaired.text, self._analyzer.analyze(repaired.text), repaired.understood)

    def reread(self, text: str) -> Reading:
        """A text that was repaired already, analysed."""
        return Reading(text, self._analyzer.analyze(text), None)

    def reread_together(self, before: Reading, question: str) -> Reading:
        """A question, repaired already, read with what was said before it."""
        analysis = joined_analyses(before.analysis, self._analyzer.analyze(question))
        return Reading(joined(before.text, question), analysis, None)

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text."""
        return self._analyzer.morphology.sentences(text)


_MOST_WORDS = 3
"""A question of so few content words says too little to stand alone."""


def depends_on_previous(analysis: Analysis, text: str) -> bool:
    """Whether the question may need the one before it: it points back, or asks something of nothing it names."""
    if points_back(text) or names_only_a_topic(text):
        return True
    return "none" not in analysis.kinds and len(set(analysis.morphemes)) <= _MOST_WORDS


def joined(previous: str, question: str) -> str:
    """Both questions as one text, in which the new one counts more: term frequencies favour what stands twice."""
    return f"{question} {previous} {question}"


def joined_analyses(previous: Analysis, question: Analysis) -> Analysis:
    """The analysis of both questions as one text, from the analysis of each.

    Where the new question says what it asks (when, how much), what the one before it asked no longer counts.
    """
    asks = "none" not in question.kinds
    before = tuple(word for word in previous.morphemes if not (asks and is_question_word(word)))
    return Analysis(
        morphemes=question.morphemes + before + question.morphemes,
        kinds=question.kinds if asks else previous.kinds,
        numbers=previous.numbers | question.numbers,
        places=previous.places | question.places,
        years=previous.years | question.years,
        names=previous.names | question.names,
        people=previous.people | question.people,
    )
