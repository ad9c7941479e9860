"""TF-IDF over short texts: which of them share words, or runs of letters, with a query, and how similar they are.

What belongs to what is kept as lists of numbered, weighted items in three arrays (`Lists`).
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.analysis import letters_of

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """List `n` is what stands from `ends[n]` up to `ends[n + 1]` in `items` and `weights`."""

    ends: Ints
    items: NDArray[np.int32]
    weights: Floats

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def sizes(self) -> Ints:
        """How long each list is."""
        return np.diff(self.ends)

    def by_item(self, size: int) -> "Lists":
        """For each of the `size` items the lists that hold it, ascending."""
        # As a stable argsort, in a fifth of the time.
        order = np.sort(self.items.astype(np.int64) << 32 | np.arange(len(self.items))) & 0xFFFFFFFF
        holders = np.repeat(np.arange(len(self), dtype=np.int32), self.sizes)
        ends = np.concatenate(([0], np.cumsum(np.bincount(self.items, minlength=size))))
        return Lists(ends, holders[order], self.weights[order])

    def chosen(self, numbers: Ints) -> tuple[Ints, Floats, Ints]:
        """The items and the weights of these lists, one list after another, and how long each is."""
        starts = self.ends[numbers]
        sizes = self.ends[numbers + 1] - starts
        places = np.arange(sizes.sum())
        places += np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        return self.items.take(places).astype(np.int64), self.weights.take(places), sizes

    def table(self, numbers: Ints, items: Ints) -> Floats:
        """The weight of each of the `items`, which ascend, in each of these lists; 0 where it does not stand there."""
        found, weights, sizes = self.chosen(numbers)
        table = np.zeros((len(numbers), len(items)), np.float32)
        if len(items):
            columns = np.searchsorted(items, found)
            wanted = items.take(columns, mode="clip") == found
            table[np.repeat(np.arange(len(numbers)), sizes)[wanted], columns[wanted]] = weights[wanted]
        return table


_FEW, _MANY = 100_000, 10
"""Sums over all rows are cheapest when there are few, or many of them are touched: one in ten and more."""
_BLOCK = 64


class TermIndex:
    """Texts as unit vectors of TF-IDF weights (1 + log tf) * (1 + log((1 + n) / (1 + df))), by row and by term."""

    def __init__(self, rows: Lists, postings: Lists) -> None:
        """Takes how often each text holds each term, by text and by term."""
        self.document_frequency: Ints = postings.sizes
        self.idf: Floats = (1 + np.log((1 + len(rows)) / (1 + self.document_frequency))).astype(np.float32)
        weights = (1 + np.log(rows.weights)) * self.idf[rows.items]
        owners = np.repeat(np.arange(len(rows)), rows.sizes)
        norms = np.sqrt(summed(owners, weights.astype(np.float64) ** 2, len(rows)))
        self.rows = Lists(rows.ends, rows.items, (weights / norms[owners]).astype(np.float32))
        del owners, weights  # each is as large as what is kept
        weights = (1 + np.log(postings.weights)) * np.repeat(self.idf, self.document_frequency)
        self.postings = Lists(postings.ends, postings.items, (weights / norms[postings.items]).astype(np.float32))

    def find(self, terms: Ints, counts: NDArray[np.integer[Any]]) -> "Search":
        """A search for terms by their numbers, which stand so often in the query."""
        weights = (1 + np.log(counts)) * self.idf[terms]
        norm = float(np.sqrt(np.sum(weights**2))) or 1.0
        order = np.argsort(self.document_frequency[terms], kind="stable")
        return Search(self, terms[order], (weights / norm).astype(np.float32)[order])

    def frequency_among(self, chosen: NDArray[np.bool_]) -> Doubles:
        """In how many of the chosen rows each term stands."""
        held = np.repeat(chosen.astype(np.float64), self.rows.sizes)
        return summed(self.rows.items, held, len(self.idf))

    def sums(self, terms: Ints, weights: Floats) -> tuple[Ints, Doubles]:
        """The rows that hold the terms, one after another, and what each term adds to the similarity of each."""
        rows, held, sizes = self.postings.chosen(terms)
        return rows, (held * np.repeat(weights, sizes)).astype(np.float64)


class WordIndex(TermIndex):
    """An index of texts that are given as their words."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self.vocabulary: dict[str, int] = {}
        terms, counts, ends = array("i"), array("f"), array("q", [0])
        number = self.vocabulary.setdefault
        for text in texts:
            counted = dict.fromkeys(text, 1) if len(set(text)) == len(text) else Counter(text)  # takes twice as long
            terms.extend([number(term, len(self.vocabulary)) for term in counted])
            counts.extend(counted.values())
            ends.append(len(terms))
        held = Lists(np.array(ends, np.int64), np.array(terms, np.int32), np.array(counts, np.float32))
        super().__init__(held, held.by_item(len(self.vocabulary)))

    def search(self, words: Iterable[str]) -> "Search":
        """A search for the words that the index knows."""
        counts = Counter(self.vocabulary[word] for word in words if word in self.vocabulary)
        size = len(counts)
        return self.find(np.fromiter(counts.keys(), np.int64, size), np.fromiter(counts.values(), np.int64, size))


class Search:
    """One query in one index. Its terms are weighted as the texts are, the rarest first; the squares sum to 1.

    What is read for `nearest` is used again for `similarities`.
    """

    def __init__(self, index: TermIndex, terms: Ints, weights: Floats) -> None:
        self.terms, self.weights = terms, weights
        self._index = index
        self._read = 0
        """How many of the terms are in the sums."""
        self._sums: Doubles | None = None
        """For each row of the index what the terms read so far have in common with it."""

    def nearest(self, limit: int, budget: int) -> Ints:
        """The rows most similar to the query, at most `limit`, in no order.

        Terms are looked up from the rarest on until `budget` postings are read, so that cost is bounded; what is
        left out are the commonest terms, which tell least.
        """
        if not len(self.terms):
            return np.zeros(0, np.int64)
        read = np.cumsum(self._index.document_frequency[self.terms])
        kept = max(1, int(np.searchsorted(read, budget, side="right")))
        rows, added = self._index.sums(self.terms[:kept], self.weights[:kept])
        size = len(self._index.rows)
        if size > max(_FEW, _MANY * len(rows)):
            found, places = np.unique(rows, return_inverse=True)
            return found[_largest(summed(places, added, len(found)), limit)]
        self._read, self._sums = kept, summed(rows, added, size)
        return _largest(self._sums, limit)

    def similarities(self, rows: Ints) -> Floats:
        """The cosine of the query with each of the rows."""
        if self._sums is None:
            return self._compared(rows)
        if self._read < len(self.terms):
            more, added = self._index.sums(self.terms[self._read :], self.weights[self._read :])
            self._sums = self._sums + summed(more, added, len(self._sums))
            self._read = len(self.terms)
        return self._sums.take(rows).astype(np.float32)

    def _compared(self, rows: Ints) -> Floats:
        """The same, from the rows themselves."""
        asked = np.zeros(len(self._index.idf), np.float32)
        asked[self.terms] = self.weights
        terms, weights, sizes = self._index.rows.chosen(rows)
        owners = np.repeat(np.arange(len(rows)), sizes)
        return summed(owners, (weights * asked[terms]).astype(np.float64), len(rows)).astype(np.float32)


def summed(places: NDArray[np.integer[Any]], values: Doubles, size: int) -> Doubles:
    """The sum of the values at each of `size` places. With numbers of any other type numpy takes six times as long."""
    return np.asarray(np.bincount(places, values, minlength=size), np.float64)


def _largest(sums: Doubles, limit: int) -> Ints:
    """The places of the `limit` largest sums above 0; of equal ones those that stand first."""
    if len(sums) <= limit:
        return np.flatnonzero(sums > 0)
    least = _limit_of(sums, limit)
    candidates = np.flatnonzero(sums >= least) if least > 0 else np.flatnonzero(sums)
    order = np.argsort(-sums[candidates], kind="stable")[:limit]
    return candidates[order]


def _limit_of(sums: Doubles, limit: int) -> float:
    """A value that at least `limit` of the sums reach, and few more: the `limit`th largest of the blocks' maxima."""
    blocks = len(sums) // _BLOCK
    if blocks <= limit:
        return 0.0
    maxima = sums[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    return float(np.partition(maxima, blocks - limit)[blocks - limit])


_SHORTEST, _LONGEST = 3, 5
_MIXING = np.uint64(0x9E3779B97F4A7C15)
"""An odd number that spreads the numbers of runs over 64 bits: the first 44 hardly ever take two runs for one."""
_AT_ONCE = 20_000

Grams = NDArray[np.uint64]


def gram_numbers(text: str) -> Grams:
    """A number for each of the text's letter grams (`analysis.letter_grams`): an array takes a tenth of the time."""
    return np.concatenate([runs for _, runs in _runs(letters_of(text))])


def _runs(letters: str) -> Iterator[tuple[int, Grams]]:
    """The numbers of all runs of each length: element `n` is that of the run that begins with letter `n`."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    runs = codes
    for length in range(2, _LONGEST + 1):
        runs = (runs[:-1] * _MIXING) ^ codes[length - 1 :]
        runs = runs * _MIXING ^ runs >> np.uint64(29)
        if length >= _SHORTEST:
            yield length, runs


class GramIndex(TermIndex):
    """An index of texts by their letter grams."""

    def __init__(self, letters: Sequence[str]) -> None:
        """Takes the texts as their letters (`letters_of`)."""
        self._left_out = np.uint64(len(letters).bit_length())
        """Bits of a gram's number in whose place the number of a text is put: numpy sorts one number in a tenth of the
        time that it takes for two. At least 44 are left where there are a million texts."""
        held = _all_runs(letters, self._left_out)
        held.sort()
        starts = np.flatnonzero(_firsts(held))
        counts = np.diff(starts, append=len(held)).astype(np.float32)
        held = held[starts]
        rows = (held & ((np.uint64(1) << self._left_out) - np.uint64(1))).astype(np.int32)
        held >>= self._left_out
        firsts = np.flatnonzero(_firsts(held))
        self._grams: Grams = held[firsts]
        """Ascending; the place of a gram is its number."""
        del held, starts  # each is as large as the index will be
        said = Lists(np.append(firsts, len(rows)), rows, counts)
        super().__init__(said.by_item(len(letters)), said)

    def search(self, text: str) -> Search:
        """A search for the letter grams of the text that the index knows."""
        asked: Grams = gram_numbers(text) >> self._left_out
        grams, counts = np.unique(asked, return_counts=True)
        numbers = np.searchsorted(self._grams, grams)
        known = self._grams.take(numbers, mode="clip") == grams if len(self._grams) else np.zeros(len(grams), bool)
        return self.find(numbers[known], counts[known])


def _firsts(ascending: NDArray[Any]) -> NDArray[np.bool_]:
    """Where each of the values stands first."""
    firsts = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=firsts[1:])
    return firsts


def _all_runs(letters: Sequence[str], left_out: np.uint64) -> Grams:
    """The grams of the texts, each with the number of its text in the place of its last bits."""
    found = [np.zeros(0, np.uint64)]
    for before in range(0, len(letters), _AT_ONCE):
        some = letters[before : before + _AT_ONCE]
        of = np.repeat(np.arange(before, before + len(some), dtype=np.uint64), [len(each) for each in some])
        for length, numbers in _runs("".join(some)):
            ends = of[length - 1 :]
            inside = of[: len(numbers)] == ends
            found.append((numbers[inside] >> left_out << left_out) | ends[inside])
    return np.concatenate(found)
