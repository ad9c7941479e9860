"""The plain matcher: rapidfuzz's token_sort_ratio over every way to ask. The baseline of the benchmarks."""

from rapidfuzz import fuzz, process, utils

from knowledge.base import KnowledgeBase
from knowledge.matching.candidates import Candidate, Match

_KEPT_PHRASINGS = 50
_KEPT_ENTRIES = 10


class StringSimilarityMatcher:
    """Ranks entries by their most similar phrasing; the score serves as an uncalibrated confidence."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        asked = [(entry, text) for entry in knowledge.entries.values() for _, text in entry.ways_to_ask()]
        self._entries = [entry for entry, _ in asked]
        self._texts = [utils.default_process(text) for _, text in asked]

    def match(self, question: str, previous: str | None = None) -> Match:  # noqa: ARG002  # has no memory
        """The best entries by string similarity; `previous` is not looked at."""
        found = process.extract(
            utils.default_process(question), self._texts, scorer=fuzz.token_sort_ratio, limit=_KEPT_PHRASINGS
        )
        best: dict[str, Candidate] = {}
        for _, score, index in found:
            entry = self._entries[index]
            best.setdefault(entry.id, Candidate(entry, score / 100))
        return Match(tuple(best.values())[:_KEPT_ENTRIES])

    def least_confidence(self, wrong_answers: float) -> float:
        """A likeness for want of a calibration: the fewer wrong answers are accepted, the more like it must be."""
        return 1 - wrong_answers
