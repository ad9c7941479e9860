"""A new question among the groups that there are: what words tell there, and which groups are near to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.grouping.asked_texts import GRAMS, AskedText, Meanings, WordTable
from knowledge.grouping.group_blocks import AskedGroup, Block, total
from knowledge.matching.term_index import Floats, Ints

_USUAL_TEXTS = 30
"""Added to the number of texts at hand, so that a word of few texts is not taken for one that all have."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What words tell, an element a word by its number.

    `general` is how rare it is in the language at large, `here` also how few of the texts at hand have it, both in
    0..1: the frame of a sentence, which many share, tells little. `names` is 1 for a word that names something.
    """

    general: Floats
    here: Floats
    names: Floats

    @classmethod
    def of(cls, words: WordTable, met: Ints, texts: int) -> "Telling":
        """That of words that were met in so many of the texts at hand."""
        everywhere = np.log(texts + _USUAL_TEXTS)
        spread = np.clip(np.log((texts + _USUAL_TEXTS) / (met + 0.5)) / everywhere, 0, 1)
        general = words.general()
        return cls(general, np.asarray(general * spread, np.float32), words.names())


class Neighbourhood:
    """A question beside groups of texts, and beside texts that are no group: the `background`.

    `blocks` are the groups, arranged, and the background after them. Without `meanings`, words and letters are all
    there is to compare.
    """

    def __init__(
        self,
        question: AskedText,
        groups: Sequence[AskedGroup],
        blocks: Sequence[Block],
        words: WordTable,
        meanings: Meanings | None,
    ) -> None:
        self.question, self.groups = question, groups
        self.words, self.meanings = words, meanings
        self._blocks = blocks
        self._texts = texts = sum(len(block.words.counts) for block in blocks) + 1
        met = total([block.word_frequencies for block in blocks], len(words))
        met[question.words] += 1
        self.telling = Telling.of(words, met, texts)
        met = total([block.gram_frequencies for block in blocks], GRAMS)
        met[question.grams] += 1
        self._gram_rarity: Floats = np.asarray(1 + np.log((1 + texts) / (1 + met)), np.float32)
        self._by_letters = self._nearness()
        self._by_meaning = self._nearness_in_meaning(meanings.of([question.plain])) if meanings else None

    def same_text(self) -> int | None:
        """The place of the first group that holds the question itself, but for spaces and signs."""
        letters = self.question.letters
        return next((place for place, group in enumerate(self.groups) if letters in group.letters), None)

    def nearest(self, limit: int) -> list[int]:
        """The places of the groups most like the question, `limit` of each kind of likeness, best first."""
        orders = [self._by_letters] if self._by_meaning is None else [self._by_letters, self._by_meaning]
        found: dict[int, None] = {}
        for near in orders:
            of_groups = near[: len(self.groups)]
            best = np.argsort(-of_groups, kind="stable")[:limit]
            found |= {int(place): None for place in best if of_groups[place] >= 0}
        return list(found)

    def _nearness(self) -> Floats:
        words = _unit(self.question.words, self.telling.here)
        grams = _unit(self.question.grams, self._gram_rarity)
        near = [block.nearness(words, grams) for block in self._blocks]
        return np.concatenate(near) if near else np.zeros(0, np.float32)

    def _nearness_in_meaning(self, question: Floats) -> Floats:
        near = [block.nearness_in_meaning(question)[0] for block in self._blocks]
        return np.concatenate(near) if near else np.zeros(0, np.float32)

    def usual_meaning(self, question: Floats) -> Floats:
        """What the texts at hand and the question mean on average."""
        vectors = [block.vectors.sum(axis=0) for block in self._blocks if len(block.vectors)]
        return np.asarray(np.sum([*vectors, question], axis=0) / self._texts, np.float32)


def _unit(question: Ints, weights: Floats) -> Floats:
    """The weight of each term in the question: squares of what it tells, 0 for terms that are not in it."""
    found = np.zeros_like(weights)
    squares = weights[question] ** 2
    found[question] = squares / np.sqrt(max(float(squares.sum()), 1e-9))
    return found
