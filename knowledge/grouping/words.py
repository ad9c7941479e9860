"""Words by number, and how much each of them tells among the questions at hand."""

from array import array
from collections.abc import Iterable

import numpy as np

from knowledge.matching.term_index import Floats, Ints
from knowledge.text.word_frequencies import WordFrequencies

_WORDS_A_QUESTION = 8
_USUAL_QUESTIONS = 30
"""How many questions the frequencies of general language count as, beside those at hand.

Questions have words of their own (알려 주세요, 언제, 뭐), so that few of them tell more than newspapers do.
"""
_EVERYWHERE = 0.9
_NOWHERE = 1e-5
_NAMING = "NSX"
"""First letters of the Sejong tags of nouns, foreign words and numbers, and roots."""


class Words:
    """The morphemes met so far, each with a number that stays the same, and what is known of it in general."""

    def __init__(self, usual: WordFrequencies) -> None:
        self._usual = usual
        self._number: dict[str, int] = {}
        self._shares, self._names = array("f"), array("b")

    def __len__(self) -> int:
        return len(self._number)

    def numbers(self, morphemes: Iterable[str]) -> Ints:
        """The numbers of the morphemes (`form/T`), ascending, each once."""
        return np.array(sorted({self._number_of(morpheme) for morpheme in morphemes}), np.int64)

    def _number_of(self, morpheme: str) -> int:
        number = self._number.get(morpheme)
        if number is None:
            form, tag = morpheme.rsplit("/", 1)
            share = self._usual.frequency(form) * _WORDS_A_QUESTION + _NOWHERE
            number = self._number[morpheme] = len(self._number)
            self._shares.append(min(share, _EVERYWHERE))
            self._names.append(tag in _NAMING)
        return number

    def rarities(self, counts: Ints, questions: int) -> Floats:
        """What each word tells: minus the logarithm of the share of questions that hold it.

        `counts` are the numbers of the questions at hand that do, out of `questions`; few of them say less than general
        language does, many say more.
        """
        usual = np.array(self._shares, np.float32) * _USUAL_QUESTIONS
        shares = (counts + usual + 0.5) / (questions + _USUAL_QUESTIONS + 1)
        return np.asarray(np.maximum(0, -np.log(shares)), np.float32)

    def names(self) -> Floats:
        """1 for each word that names something, 0 for the others."""
        return np.array(self._names, np.float32)
