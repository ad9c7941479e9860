"""The ways to ask of a knowledge base, indexed for search, with what is known of each entry."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.base import Entry
from knowledge.matching.analysis import KINDS, Analysis
from knowledge.matching.gram_index import GramIndex
from knowledge.matching.likeness import Likeness, in_token_order
from knowledge.matching.lists import Doubles, Floats, Ints, Lists
from knowledge.matching.rarity import Rarity
from knowledge.matching.term_index import Search, WordIndex
from knowledge.text.word_frequencies import word_frequencies

__all__ = ["AskedWay", "EntryIndex", "in_token_order"]

_KIND_PRIOR = 0.5
"""Added to each count, so that a kind that no phrasing has is unlikely, not impossible."""


@dataclass(frozen=True, slots=True)
class AskedWay:
    """One way to ask an entry's question, analysed."""

    entry: int
    text: str
    analysis: Analysis


class EntryIndex:
    """Entries by number; the ways to ask stand in rows, those of one entry next to each other."""

    def __init__(self, entries: Sequence[Entry], ways: Sequence[AskedWay], answers: Sequence[Analysis]) -> None:
        self.entries = entries
        self.likeness = Likeness([way.text for way in ways])
        self.meaning = WordIndex(way.analysis.morphemes for way in ways)
        self.spelling = GramIndex(way.text for way in ways)
        self.owner: Ints = np.fromiter((way.entry for way in ways), np.int64, len(ways))
        self.starts: Ints = np.searchsorted(self.owner, np.arange(len(entries)))
        self.sizes: Ints = np.bincount(self.owner, minlength=len(entries))
        """How many ways to ask each entry has."""
        self.known_gap = np.array([entry.known_gap for entry in entries], dtype=bool)
        self.kinds = _kind_shares(ways, len(entries))
        self.kinds_overall = self.kinds.mean(axis=0) if len(entries) else self.kinds.sum(axis=0)
        self.said = _by_entry(self.meaning.rows, self.owner, len(entries)).by_item(len(self.meaning.idf))
        """For each morpheme the entries with ways to ask that hold it, and how many do."""
        self.answers = _Answers(answers)
        self.numbers = _numbers(ways, answers)
        self.lean = self._lean()
        self.rarity = Rarity(word_frequencies())

    def _lean(self) -> Floats:
        """For each morpheme how much more often it stands in gaps' ways to ask than in others': a log ratio."""
        of_gaps = self.known_gap[self.owner]
        everywhere = self.meaning.document_frequency
        in_gaps = self.meaning.frequency_among(of_gaps)
        gap_share = (in_gaps + 1) / (of_gaps.sum() + 2)
        answer_share = (everywhere - in_gaps + 1) / ((~of_gaps).sum() + 2)
        return np.asarray(np.log(gap_share / answer_share), np.float32)

    def near(self, searches: Sequence[Search], limit: int, budget: int) -> Ints:
        """The entries that have one of the `limit` most similar ways to ask in one of the searches, ascending."""
        return np.unique(self.owner[np.concatenate([search.nearest(limit, budget) for search in searches])])

    def rows_of(self, entries: Ints) -> Ints:
        """The rows of the entries, entry after entry."""
        sizes = self.sizes[entries]
        before = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else sizes
        return np.asarray(np.arange(sizes.sum()) + np.repeat(self.starts[entries] - before, sizes), np.int64)

    def shares_with(self, morphemes: Ints, entries: Ints) -> Doubles:
        """The share of each entry's ways to ask that hold the morpheme: a row for each of these."""
        return self.said.table(morphemes, entries) / np.maximum(1.0, self.sizes[entries])


class _Answers:
    """Which morphemes the entries' answers hold."""

    def __init__(self, answers: Sequence[Analysis]) -> None:
        words = [sorted(set(answer.morphemes)) for answer in answers]
        self._numbers = {word: number for number, word in enumerate(sorted({word for own in words for word in own}))}
        ends = np.cumsum([0, *map(len, words)])
        items = np.array([self._numbers[word] for own in words for word in own], np.int32)
        self._entries = Lists(ends, items, np.ones(len(items), np.float32)).by_item(len(self._numbers))

    def hold(self, morphemes: Sequence[str], entries: Ints) -> NDArray[np.bool_]:
        """Whether the answer holds the morpheme: a row a morpheme, a column for each of the entries, which ascend."""
        held = np.zeros((len(morphemes), len(entries)), bool)
        known = [place for place, word in enumerate(morphemes) if word in self._numbers]
        numbers = np.array([self._numbers[morphemes[place]] for place in known], np.int64)
        held[known] = self._entries.table(numbers, entries) > 0
        return held


def _by_entry(rows: Lists, owner: Ints, size: int) -> Lists:
    """For each entry the items that its rows hold; the weight is how many do."""
    owners = np.repeat(owner, rows.sizes)
    width = int(rows.items.max(initial=0)) + 1
    pairs, counts = np.unique(owners * width + rows.items, return_counts=True)
    ends = np.searchsorted(pairs, np.arange(size + 1) * width)
    return Lists(ends, (pairs % width).astype(np.int32), counts.astype(np.float32))


def _kind_shares(ways: Sequence[AskedWay], size: int) -> Floats:
    """How the kinds of question are distributed over each entry's ways to ask; shape (entries, kinds)."""
    counts = np.full((size, len(KINDS)), _KIND_PRIOR, np.float32)
    for way in ways:
        for kind in way.analysis.kinds:
            counts[way.entry, KINDS.index(kind)] += 1
    return np.asarray(counts / counts.sum(axis=1, keepdims=True), np.float32)


def _numbers(ways: Sequence[AskedWay], answers: Sequence[Analysis]) -> list[frozenset[str]]:
    """The numbers that each entry's answer and ways to ask hold."""
    found = [set(answer.numbers) for answer in answers]
    for way in ways:
        found[way.entry] |= way.analysis.numbers
    return [frozenset(numbers) for numbers in found]
