"""Reads questions as the matcher needs them: repaired by the words of one knowledge base, and analysed."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.matching.analysis import Analysis, Analyzer
from knowledge.text.repair import TextRepair
from knowledge.text.words import words_of


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
        self.elsewhere = frozenset(word.lower() for word in knowledge.vocabulary.elsewhere)

    def read(self, question: str) -> Reading:
        """The question repaired and analysed."""
        repaired = self._repair.repair(question)
        return Reading(repaired.text, self._analyzer.analyze(repaired.text), repaired.understood)

    def reread(self, text: str) -> Reading:
        """A text that was repaired already, analysed."""
        return Reading(text, self._analyzer.analyze(text), None)

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text."""
        return self._analyzer.morphology.sentences(text)
