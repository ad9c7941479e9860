"""Weighs the entries of an index by the numbers that hold on any knowledge base."""

import numpy as np

from knowledge.matching.candidates import Candidate
from knowledge.matching.embedder import Embedder, open_embedder
from knowledge.matching.entry_index import EntryIndex
from knowledge.matching.general_evidence import GENERAL_FEATURES, gather_anywhere
from knowledge.matching.general_numbers import MOST_ELSEWHERE, GeneralNumbers, load_general
from knowledge.matching.lists import Ints
from knowledge.matching.reading import Reading


class GeneralWeighing:
    """Over one index; safe to use from several threads, and to pickle.

    `elsewhere` are the names, in small letters, of what the knowledge base says nothing about. With `semantic`, an
    embedder helps, where one is installed and the index has vectors.
    """

    def __init__(self, index: EntryIndex, elsewhere: frozenset[str], *, semantic: bool) -> None:
        self._index, self._elsewhere = index, elsewhere
        self._semantic = semantic and len(index.semantic) > 0

    @property
    def numbers(self) -> GeneralNumbers:
        """The numbers that fit what is installed; a pickled matcher does not hold them."""
        return load_general(vectors=self._embedder is not None)

    @property
    def _embedder(self) -> Embedder | None:
        return open_embedder() if self._semantic else None

    def weigh(self, reading: Reading, without: Ints | None = None) -> tuple[Candidate, ...]:
        """The candidates, best first; known gaps are weighed as all entries are. `without` are not considered."""
        evidence = gather_anywhere(self._index, reading.analysis, reading.text.lower(), self._embedder, without)
        numbers = self.numbers
        rows = evidence.features(numbers.same)
        elsewhere = self._index.asked_elsewhere(reading.analysis, evidence.entries)
        confidences = numbers.confidences(rows)
        confidences = np.where(elsewhere, np.minimum(confidences, MOST_ELSEWHERE), confidences)
        names = self._elsewhere & {word.rsplit("/", 1)[0] for word in reading.analysis.morphemes}
        found = []
        for place in np.argsort(-confidences, kind="stable").tolist():
            entry, confidence = int(evidence.entries[place]), float(confidences[place])
            if names - self._said(entry):
                confidence = min(confidence, MOST_ELSEWHERE)
            features = dict(zip(GENERAL_FEATURES, rows[place].tolist(), strict=True))
            found.append(Candidate(self._index.entries[entry], confidence, features, practised=False))
        return tuple(found)

    def _said(self, entry: int) -> frozenset[str]:
        """Which of the names that belong elsewhere an entry says itself."""
        found = self._index.entries[entry]
        texts = " ".join((found.answer.ko, *(text for _, text in found.ways_to_ask()))).lower()
        return frozenset(name for name in self._elsewhere if name in texts)
