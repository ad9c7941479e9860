"""The texts of groups, arranged so that a question is compared with thousands of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.grouping.linkage import linkage
from knowledge.grouping.reading import ReadText
from knowledge.grouping.terms import Terms
from knowledge.matching.term_index import Floats, Ints

GROUPS_A_BLOCK = 64
"""When a group changes, its block is arranged anew, and the others stay as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadGroup:
    """The texts of a group, read."""

    texts: tuple[ReadText, ...]
    letters: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[ReadText]) -> "ReadGroup":
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
    """Some groups next to each other: the terms of their texts, one text after the other."""

    sizes: Ints
    words: Terms
    grams: Terms
    word_frequencies: Frequencies
    gram_frequencies: Frequencies

    @classmethod
    def of(cls, groups: Sequence[ReadGroup]) -> "Block":
        """A block of these groups."""
        texts = [text for group in groups for text in group.texts]
        words, grams = Terms.of([text.words for text in texts]), Terms.of([text.grams for text in texts])
        sizes = np.array([len(group.texts) for group in groups], np.int64)
        return cls(sizes, words, grams, Frequencies.of(words), Frequencies.of(grams))

    def nearness(self, words: Floats, grams: Floats) -> Floats:
        """About how alike a question is to each group, by the weights of its words and grams; -1 of an empty group.

        A text's length is taken from its number of terms: this only chooses which groups are compared in full.
        """
        near = np.full(len(self.sizes), -1.0, np.float32)
        filled = self.sizes > 0
        by_text = np.sqrt(_per_length(self.words, words)) + np.sqrt(_per_length(self.grams, grams))
        near[filled] = linkage(by_text, self.sizes[filled])
        return near


def _per_length(texts: Terms, weights: Floats) -> Floats:
    return np.asarray(texts.sums(weights) / np.sqrt(np.maximum(1, texts.counts)), np.float32)


def total(frequencies: Sequence[Frequencies], size: int) -> Ints:
    """In how many texts of all the blocks each of `size` terms stands."""
    texts = np.zeros(size, np.int64)
    for part in frequencies:
        texts[part.terms] += part.texts
    return texts
