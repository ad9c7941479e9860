"""The texts of groups, arranged so that a question is compared with thousands of them at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.grouping.asked_texts import AskedText, Meanings
from knowledge.matching.term_index import Floats, Ints

GROUPS_A_BLOCK = 64
"""When a group changes, its block is arranged anew, and the others stay as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The numbers of the terms of texts: those of a text stand together; `counts` says how many each text has."""

    terms: Ints
    counts: Ints

    @classmethod
    def of(cls, texts: Sequence[Ints]) -> "Terms":
        """The terms of these texts."""
        return cls(
            np.concatenate(texts) if texts else np.zeros(0, np.int64), np.array([len(text) for text in texts], np.int64)
        )

    @property
    def owners(self) -> Ints:
        """The place of the text that each term belongs to."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def sums(self, values: Floats) -> Floats:
        """For each text the sum of the values, of which each term has one."""
        return self.over_each_text(np.add.reduceat, values)

    def largest(self, values: Floats) -> Floats:
        """For each text the largest of the values, of which each term has one; 0 without terms."""
        return self.over_each_text(np.maximum.reduceat, values)

    def over_each_text(self, reduced: Callable[..., Any], values: Floats) -> Floats:
        """What a reduction makes of each text's values; a value may be a row."""
        found = np.zeros((len(self.counts), *values.shape[1:]), np.float32)
        filled = self.counts > 0  # where a text without terms would begin, there may be nothing
        if filled.any():
            starts = np.cumsum(self.counts) - self.counts
            found[filled] = reduced(values, starts[filled], axis=0)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class AskedGroup:
    """The texts of a group, read."""

    texts: tuple[AskedText, ...]
    letters: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[AskedText]) -> "AskedGroup":
        """A group of these texts."""
        return cls(tuple(texts), frozenset(text.letters for text in texts))


@dataclass(frozen=True, slots=True, eq=False)
class Frequencies:
    """Terms, each once, and in how many texts they stand."""

    terms: Ints
    texts: Ints

    @classmethod
    def of(cls, terms: Terms) -> "Frequencies":
        """Those of the terms."""
        return cls(*np.unique(terms.terms, return_counts=True))


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some groups next to each other: the terms of their texts, one text after the other.

    `vectors` says what each text means; it has no rows where there is no embedder.
    """

    sizes: Ints
    words: Terms
    grams: Terms
    word_frequencies: Frequencies
    gram_frequencies: Frequencies
    vectors: Floats

    @classmethod
    def of(cls, groups: Sequence[AskedGroup], meanings: Meanings | None) -> "Block":
        """A block of these groups."""
        texts = [text for group in groups for text in group.texts]
        words, grams = Terms.of([text.words for text in texts]), Terms.of([text.grams for text in texts])
        sizes = np.array([len(group.texts) for group in groups], np.int64)
        vectors = meanings.of([text.plain for text in texts]) if meanings else np.zeros((0, 0), np.float32)
        return cls(sizes, words, grams, Frequencies.of(words), Frequencies.of(grams), vectors)

    def nearness(self, words: Floats, grams: Floats) -> Floats:
        """About how alike a question is to each group's likest text, by the weights of its words and grams, in 0..1.

        A text's length is taken from its number of terms: this only chooses which groups are compared in full.
        """
        by_text = np.sqrt(_per_length(self.words, words)) + np.sqrt(_per_length(self.grams, grams))
        return self.likest(np.asarray(by_text / 2, np.float32))

    def nearness_in_meaning(self, vectors: Floats) -> Floats:
        """The cosine of each vector with that of each group's likest text; shape (vectors, groups)."""
        return self.likest(self.vectors @ vectors.T).T

    def likest(self, by_text: Floats) -> Floats:
        """For each group the greatest of its texts' values; -1 of an empty group."""
        near = np.full((len(self.sizes), *by_text.shape[1:]), -1.0, np.float32)
        filled = self.sizes > 0
        if filled.any():
            starts = (np.cumsum(self.sizes) - self.sizes)[filled]
            near[filled] = np.maximum.reduceat(by_text, starts, axis=0)
        return near


def _per_length(texts: Terms, weights: Floats) -> Floats:
    return np.asarray(texts.sums(weights[texts.terms]) / np.sqrt(np.maximum(1, texts.counts)), np.float32)


def total(frequencies: Sequence[Frequencies], size: int) -> Ints:
    """In how many texts of all the blocks each of `size` terms stands."""
    texts = np.zeros(size, np.int64)
    for part in frequencies:
        texts[part.terms] += part.texts
    return texts
