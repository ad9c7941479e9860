"""The questions at hand: those of all groups, and what words and letters tell among them."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from knowledge.grouping.linkage import linkage
from knowledge.grouping.reading import GRAMS, ReadText
from knowledge.grouping.terms import Terms
from knowledge.grouping.words import Words
from knowledge.matching.term_index import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class ReadGroup:
    """The texts of a group, read."""

    texts: tuple[ReadText, ...]
    words: Terms
    grams: Terms
    letters: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[ReadText]) -> "ReadGroup":
        """A group of these texts."""
        return cls(
            texts=tuple(texts),
            words=Terms.of([text.words for text in texts]),
            grams=Terms.of([text.grams for text in texts]),
            letters=frozenset(text.letters for text in texts),
        )


class Context:
    """A new question among the groups that there are."""

    def __init__(self, question: ReadText, groups: Sequence[ReadGroup], words: Words) -> None:
        self.question = question
        self.groups = groups
        self.words = Terms.joined([group.words for group in groups])
        self.grams = Terms.joined([group.grams for group in groups])
        self.names = words.names()
        self.rarity = words.rarities(self._met(self.words, question.words, len(words)), self.size + 1)

    @property
    def size(self) -> int:
        """How many texts the groups have."""
        return len(self.words.counts)

    @cached_property
    def gram_rarity(self) -> Floats:
        """What each letter gram tells."""
        met = self._met(self.grams, self.question.grams, GRAMS)
        return np.asarray(1 + np.log((2 + self.size) / (1 + met)), np.float32)

    @staticmethod
    def _met(terms: Terms, of_question: Ints, size: int) -> Ints:
        """In how many of the texts, the question among them, each term stands."""
        met = terms.frequencies(size)
        met[of_question] += 1
        return met

    def of_another(self, text: ReadText) -> "Context":
        """Another text among the same groups, words and letters telling what they tell here."""
        other = copy(self)
        other.question = text
        return other

    def same_text(self) -> int | None:
        """The place of the first group that holds the question itself, but for spaces and signs."""
        letters = self.question.letters
        return next((place for place, group in enumerate(self.groups) if letters in group.letters), None)

    def nearest(self, limit: int) -> list[int]:
        """The places of the groups that are most like the question by words and letters, best first."""
        by_words = cosines(self.question.words, self.words, self.rarity)
        by_letters = cosines(self.question.grams, self.grams, self.gram_rarity)
        places = np.array([place for place, group in enumerate(self.groups) if group.texts], np.int64)
        sizes = np.array([len(self.groups[place].texts) for place in places], np.int64)
        alike = linkage(np.sqrt(by_words) + np.sqrt(by_letters), sizes)
        return [int(place) for place in places[np.argsort(-alike, kind="stable")[:limit]]]


def cosines(question: Ints, texts: Terms, weights: Floats) -> Floats:
    """The cosine of the question's terms with each text's, by the weights of the terms; 0 without terms."""
    squares = weights**2
    of_question = np.zeros_like(squares)
    of_question[question] = squares[question]
    lengths = np.sqrt(texts.sums(squares) * of_question.sum())
    return np.asarray(texts.sums(of_question) / np.maximum(lengths, 1e-9), np.float32)
