"""Words by number, and how much each of them tells among the questions at hand."""

from array import array
from collections.abc import Iterable

import numpy as np

from knowledge.matching.term_index import Floats, Ints
from knowledge.text.usual import UsualWords

_WORDS_A_QUESTION = 8
_USUAL_QUESTIONS = 300
"""How many questions the frequencies of general language count as, beside those at hand."""
_EVERYWHERE = 0.9
_NOWHERE = 1e-5
_BY_TAG = {"N": 1.0, "S": 0.8, "X": 0.6, "V": 0.6, "M": 0.3}
"""By the first letter of the Sejong tag: nouns, foreign words, roots, verbs, adverbs."""
_OTHER_TAG = 0.5
_NAMING = "NSX"


class Words:
    """The morphemes met so far, each with a number that stays the same, and what is known of it in general."""

    def __init__(self, usual: UsualWords) -> None:
        self._usual = usual
        self._number: dict[str, int] = {}
        self._shares, self._by_tag, self._names = array("f"), array("f"), array("b")

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
            self._by_tag.append(_BY_TAG.get(tag, _OTHER_TAG))
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

    def by_tag(self) -> Floats:
        """How much the class of each word counts: nouns most."""
        return np.array(self._by_tag, np.float32)

    def names(self) -> Floats:
        """1 for each word that names something, 0 for the others."""
        return np.array(self._names, np.float32)
