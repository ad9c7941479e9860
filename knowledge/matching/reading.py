"""Reads questions as the matcher needs them: repaired by the words of one knowledge base, and analysed."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.matching.analysis import Analysis, Analyzer
from knowledge.matching.followups import joined, joined_analyses
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
