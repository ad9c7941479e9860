"""A new question among the groups that there are, and what words and letters tell among them."""

from collections.abc import Sequence
from copy import copy

import numpy as np

from knowledge.grouping.blocks import Block, ReadGroup, total
from knowledge.grouping.reading import GRAMS, ReadText
from knowledge.grouping.terms import Terms
from knowledge.grouping.words import Words
from knowledge.matching.term_index import Floats, Ints


class Context:
    """A question beside groups of texts; `blocks` are the same groups, arranged."""

    def __init__(self, question: ReadText, groups: Sequence[ReadGroup], blocks: Sequence[Block], words: Words) -> None:
        self.question = question
        self.groups = groups
        self._blocks = blocks
        texts = sum(len(group.texts) for group in groups) + 1
        met = total([block.word_frequencies for block in blocks], len(words))
        met[question.words] += 1
        self.rarity = words.rarities(met, texts)
        self.names = words.names()
        met = total([block.gram_frequencies for block in blocks], GRAMS)
        met[question.grams] += 1
        self.gram_rarity: Floats = np.asarray(1 + np.log((1 + texts) / (1 + met)), np.float32)

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
        """The places of the groups with texts that are most like the question by words and letters, best first."""
        if not self._blocks:
            return []
        words = _unit(self.question.words, self.rarity)
        grams = _unit(self.question.grams, self.gram_rarity)
        near = np.concatenate([block.nearness(words, grams) for block in self._blocks])
        best = np.argsort(-near, kind="stable")[:limit]
        return [int(place) for place in best if near[place] >= 0]


def _unit(question: Ints, weights: Floats) -> Floats:
    """The weight of each term in the question: squares of what it tells, 0 for terms that are not in it."""
    found = np.zeros_like(weights)
    squares = weights[question] ** 2
    found[question] = squares / np.sqrt(max(float(squares.sum()), 1e-9))
    return found


def cosines(question: Ints, texts: Terms, weights: Floats) -> Floats:
    """The cosine of the question's terms with each text's, by the weights of the terms; 0 without terms."""
    squares = weights**2
    of_question = np.zeros_like(squares)
    of_question[question] = squares[question]
    lengths = np.sqrt(texts.sums(squares) * of_question.sum())
    return np.asarray(texts.sums(of_question) / np.maximum(lengths, 1e-9), np.float32)
