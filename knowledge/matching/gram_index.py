"""Finds texts by their spelling: an index of the runs of three to five letters that they hold."""

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.analysis import letters_of
from knowledge.matching.lists import Lists
from knowledge.matching.term_index import Search, TermIndex

_SHORTEST, _LONGEST = 3, 5
_MIXING = np.uint64(0x9E3779B97F4A7C15)
"""An odd number that spreads the numbers of runs over 64 bits: no two runs of a knowledge base have the same one."""
_AT_ONCE = 20_000

Grams = NDArray[np.uint64]


def gram_numbers(text: str) -> Grams:
    """A number for each of the text's letter grams (`analysis.letter_grams`): an array takes a tenth of the time."""
    codes = np.frombuffer(letters_of(text).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    runs, found = codes, []
    for length in range(2, _LONGEST + 1):
        runs = (runs[:-1] * _MIXING) ^ codes[length - 1 :]
        runs = runs * _MIXING ^ runs >> np.uint64(29)
        if length >= _SHORTEST:
            found.append(runs)
    return np.concatenate(found)


class GramIndex(TermIndex):
    """An index of texts by their letter grams."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted = list(_counted(texts))
        held = np.concatenate([np.zeros(0, np.uint64), *(grams for grams, _, _ in counted)])
        self._grams: Grams = np.unique(held)
        """Ascending; the place of a gram is its number."""
        items = np.searchsorted(self._grams, held).astype(np.int32)
        counts = np.concatenate([np.zeros(0, np.float32), *(counts for _, counts, _ in counted)])
        sizes = np.concatenate([np.zeros(1, np.int64), *(sizes for _, _, sizes in counted)])
        super().__init__(Lists(np.cumsum(sizes), items, counts), len(self._grams))

    def search(self, text: str) -> Search:
        """A search for the letter grams of the text that the index knows."""
        grams, counts = np.unique(gram_numbers(text), return_counts=True)
        numbers = np.searchsorted(self._grams, grams)
        known = self._grams.take(numbers, mode="clip") == grams if len(self._grams) else np.zeros(len(grams), bool)
        return self.find(numbers[known], counts[known])


def _counted(texts: Iterable[str]) -> Iterator[tuple[Grams, NDArray[np.float32], NDArray[np.int64]]]:
    """For some texts at a time: the grams of each and how often it holds them, and how many each has."""
    left = iter(texts)
    while some := list(islice(left, _AT_ONCE)):
        found = [np.unique(gram_numbers(text), return_counts=True) for text in some]
        sizes = np.array([len(grams) for grams, _ in found], np.int64)
        yield (
            np.concatenate([grams for grams, _ in found]),
            np.concatenate([n for _, n in found]).astype(np.float32),
            sizes,
        )
