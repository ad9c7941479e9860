"""Spelling slips, against the words of the knowledge base: 예샨 is 예산. Words that Korean knows are left alone."""

import re
from collections.abc import Iterator, Sequence
from math import log10
from typing import NamedTuple

from rapidfuzz.distance import OSA

from knowledge.text.hangul import keystrokes
from knowledge.text.lexicon import Lexicon
from knowledge.text.nearby import NearbyWords
from knowledge.text.particles import TAILS, attached, readings
from knowledge.text.slip_cost import slip_cost
from knowledge.text.words import NOUNS, Morpheme, MorphemeAnalyzer

_HANGUL = re.compile(r"[가-힣]{2,}")
_FREQUENT = 2
_OFTEN = 8
_LONG = 4
_LONG_TEXT = 300
"""Longer texts are judged word by word: reading all of them would take Kiwi too long."""
_LONGEST = 12
_MOST_UNKNOWN = 24
_ALIKE = 0.5
_UNLIKE = 0.75
_MOST = 1.0
_MEANT = NOUNS | {"NP", "MAG"}
_WEIGHT_OF_FREQUENCY = 0.15


class _Candidate(NamedTuple):
    cost: float
    """Of the slip, less what the frequency of the word speaks for it."""
    slip: float
    stem: str
    meant: str
    tail: str
    right_half: str = ""
    """The other half of a compound, which is right."""


class Spelling:
    """Replaces words that nobody knows by the word of the knowledge base they are a slip of."""

    def __init__(self, lexicon: Lexicon, analyzer: MorphemeAnalyzer | None) -> None:
        self._lexicon = lexicon
        self._words = lexicon.words
        self._analyzer = analyzer
        frequent = (word for word, count in self._words.items() if count >= _FREQUENT and _HANGUL.fullmatch(word))
        self._nearby = NearbyWords(frequent)
        self._tails = NearbyWords(tail for tail in TAILS if len(tail) > 1)

    def repair(self, text: str) -> str:
        """`text` with its misspelled words as the knowledge base writes them."""
        unknown = [word for word in dict.fromkeys(_HANGUL.findall(text)) if not self._lexicon.knows(word)]
        slips = {word: best for word in unknown[:_MOST_UNKNOWN] if (best := self._best(word))}
        if not slips:
            return text
        if len(text) > _LONG_TEXT:
            slips = {word: best for word, best in slips.items() if self._is_slip(word, best, ())}
            return _HANGUL.sub(lambda found: _meant(found.group(), slips.get(found.group())), text)
        tokens = self._analyzer.tokenize(text) if self._analyzer else ()
        return _HANGUL.sub(lambda found: self._written(found, slips.get(found.group()), tokens), text)

    def _best(self, word: str) -> _Candidate | None:
        if len(word) > _LONGEST:
            return None
        return min((*self._candidates(word), *self._in_compound(word)), default=None)

    def _candidates(self, word: str) -> Iterator[_Candidate]:
        for stem, tail in readings(word):
            for meant in self._nearby.near(stem):
                slip = slip_cost(stem, meant)
                if slip <= (_MOST if len(meant) == len(stem) else 1):
                    cost = slip - _WEIGHT_OF_FREQUENCY * log10(self._words[meant])
                    yield _Candidate(cost, slip, stem, meant, tail)

    def _in_compound(self, word: str) -> Iterator[_Candidate]:
        """The slips in one half of a compound whose other half is a word of the knowledge base."""
        for end in range(2, len(word) - 1):
            first, second = word[:end], word[end:]
            if first in self._words and not self._lexicon.knows(second):
                for tail in self._tails.near(second):
                    slip = slip_cost(second, tail)
                    yield _Candidate(slip - _WEIGHT_OF_FREQUENCY, slip, word, first, tail, first)
                for found in self._candidates(second):
                    if found.slip <= _ALIKE:
                        yield found._replace(stem=first + found.stem, meant=first + found.meant, right_half=first)
            elif second in self._words and not self._lexicon.knows(first):
                for found in self._candidates(first):
                    if not found.tail and found.slip <= _ALIKE:
                        yield found._replace(stem=word, meant=found.meant + second, right_half=second)

    def _written(self, found: re.Match[str], best: _Candidate | None, tokens: Sequence[Morpheme]) -> str:
        word = found.group()
        if best is None:
            return word
        inside = [token for token in tokens if found.start() <= token.start < found.start() + len(best.stem)]
        return _meant(word, best) if self._is_slip(word, best, inside) else word

    def _is_slip(self, word: str, best: _Candidate, tokens: Sequence[Morpheme]) -> bool:
        """Whether Kiwi does not know the word, or it is a long name that looks just like the one that is meant."""
        if self._analyzer is None:
            return best.slip < 1 and not best.right_half and self._lexicon.has_strange_syllable(best.stem)
        if not self._is_name(best.right_half or best.meant):
            return False
        if self._is_unknown(tokens):
            return True
        if all(token.tag in NOUNS for token in tokens) and self._is_unknown(self._analyzer.tokenize(word)):
            return True
        return not best.right_half and self._is_look_alike(best, tokens)

    def _is_look_alike(self, best: _Candidate, tokens: Sequence[Morpheme]) -> bool:
        if len(best.stem) < _LONG:
            return False
        slips = OSA.distance(keystrokes(best.stem), keystrokes(best.meant))
        is_in_pieces = any(token.len == 1 for token in tokens)
        return best.slip <= (_UNLIKE if is_in_pieces else _ALIKE) * slips

    def _is_name(self, word: str) -> bool:
        """Whether `word` is nouns or a question word; a name that Kiwi lacks must be one of the knowledge base's."""
        tokens = self._analyzer.tokenize(word) if self._analyzer else ()
        if any(token.oov for token in tokens):
            return len(tokens) == 1 and self._words[word] >= _OFTEN
        return all(token.tag in _MEANT for token in tokens)

    def _is_unknown(self, tokens: Sequence[Morpheme]) -> bool:
        """Whether Kiwi found no word here, unless it is after a verb: endings have more dialects than Kiwi knows."""
        for token in tokens:
            if token.tag.startswith("V"):
                return False
            if token.oov and token.form not in self._words:
                return True
        return False


def _meant(word: str, best: _Candidate | None) -> str:
    return attached(best.meant, best.tail) if best else word
