"""The ways to ask of a knowledge base, indexed for search, with what is known of each entry."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.base import Entry
from knowledge.matching.analysis import KINDS, Analysis, letter_grams
from knowledge.matching.rarity import Rarity
from knowledge.matching.term_index import Floats, Ints, Query, TermIndex
from knowledge.text.usual import usual_words

_KIND_PRIOR = 0.5
"""Added to each count, so that a kind that no phrasing has is unlikely, not impossible."""


@dataclass(frozen=True, slots=True)
class AskedWay:
    """One way to ask an entry's question, analysed."""

    entry: int
    text: str
    analysis: Analysis


def in_token_order(text: str) -> str:
    """The text's words in alphabetical order, as rapidfuzz's token_sort_ratio compares them."""
    return " ".join(sorted(text.split()))


class EntryIndex:
    """Entries by number; the ways to ask stand in rows, those of one entry next to each other."""

    def __init__(self, entries: Sequence[Entry], ways: Sequence[AskedWay], answers: Sequence[Analysis]) -> None:
        self.entries = entries
        self.texts = [way.text for way in ways]
        self.sorted_texts = [in_token_order(way.text) for way in ways]
        self.meaning = TermIndex(way.analysis.morphemes for way in ways)
        self.spelling = TermIndex(letter_grams(way.text) for way in ways)
        self.owner: Ints = np.fromiter((way.entry for way in ways), np.int64, len(ways))
        numbers = np.arange(len(entries))
        self.starts: Ints = np.searchsorted(self.owner, numbers)
        self.ends: Ints = np.searchsorted(self.owner, numbers, side="right")
        self.known_gap = np.array([entry.known_gap for entry in entries], dtype=bool)
        self.kinds = _kind_shares(ways, len(entries))
        self.kinds_overall = self.kinds.mean(axis=0) if len(entries) else self.kinds.sum(axis=0)
        self.answer_words = [frozenset(answer.morphemes) for answer in answers]
        self.numbers = _numbers(ways, answers)
        self.rarity = Rarity(usual_words())
        self.lean = self._lean()

    @property
    def sizes(self) -> Ints:
        """How many ways to ask each entry has."""
        return self.ends - self.starts

    def _lean(self) -> Floats:
        """For each morpheme how much more often it stands in gaps' ways to ask than in others': a log ratio."""
        of_gaps = self.known_gap[self.owner]
        everywhere = self.meaning.document_frequency
        in_gaps = self.meaning.frequency_among(of_gaps)
        gap_share = (in_gaps + 1) / (of_gaps.sum() + 2)
        answer_share = (everywhere - in_gaps + 1) / ((~of_gaps).sum() + 2)
        return np.asarray(np.log(gap_share / answer_share), np.float32)

    def near(self, meaning: Query, spelling: Query, limit: int, budget: int) -> Ints:
        """The entries that have one of the `limit` most similar ways to ask, by meaning or by spelling."""
        rows = [self.meaning.nearest(meaning, limit, budget), self.spelling.nearest(spelling, limit, budget)]
        return np.unique(self.owner[np.concatenate(rows)])

    def rows_of(self, entries: Ints) -> Ints:
        """The rows of the entries, entry after entry."""
        sizes = self.sizes[entries]
        before = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else sizes
        return np.asarray(np.arange(sizes.sum()) + np.repeat(self.starts[entries] - before, sizes), np.int64)

    def shares_with(self, morpheme: str, entries: Ints) -> Floats:
        """The share of each entry's ways to ask that hold the morpheme."""
        rows = self.meaning.rows_with(morpheme)
        held = np.searchsorted(rows, self.ends[entries]) - np.searchsorted(rows, self.starts[entries])
        return np.asarray(held / np.maximum(1, self.sizes[entries]), np.float32)


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
