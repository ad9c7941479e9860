"""Spelling slips: everyday ones of endings (됬, 머에요), and slips of the hand in the words of the knowledge base.

A word that nobody knows is replaced by the word of the knowledge base that it is most likely a slip of: 예샨 is 예산.
It is a keystroke or two away, found in an index whose cost does not grow with the vocabulary, and weighed by how
easily the hand slips so and how often the word is written. Words that Korean knows are left alone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from math import log10
from typing import NamedTuple

from rapidfuzz.distance import OSA

from knowledge.text.hangul import join, keystrokes, split
from knowledge.text.particles import TAILS, attached, readings
from knowledge.text.words import NOUNS, Lexicon, Morpheme, MorphemeAnalyzer

_Replacement = str | Callable[[re.Match[str]], str]


def _closed_with_b(found: re.Match[str]) -> str:
    """임니까 is 입니까: it is written as it sounds."""
    initial, vowel, final = split(found.group())
    return join(initial, vowel, "ㅂ") if final == "ㅁ" else found.group()


_SLIPS: tuple[tuple[re.Pattern[str], _Replacement], ...] = (
    (re.compile("됬"), "됐"),
    (re.compile("햇(?=[다어나는던지죠고으습을네])"), "했"),
    (re.compile("(?<![가-힣])잇(?=나|냐|어|음|으|는지|는데|는거|는가|을|습|다면|다는|다고|던|죠|지[?요])"), "있"),
    (re.compile("(?<![가-힣])없(?=[ 음다어나는]*엇)"), "없"),
    (re.compile("(?<=[가-힣])엿(?=[나지죠어는던습을다])"), "였"),
    (re.compile("(?<![가-힣])갓(?=나요|다[가 온]|어요|는지|죠|습)"), "갔"),
    (re.compile("(?<![가-힣])머(?=머|에요|예요|에여|죠|야|임|냐|가|하|고|엿|였|지(?!않))"), "뭐"),
    (re.compile("(?<=뭐)머"), "뭐"),
    (re.compile("(?<![가-힣])먼(?=가요|가여|대요|데요)"), "뭔"),
    (re.compile("[가-힣](?=니[까다])"), _closed_with_b),
    (re.compile("(?<=[주하시가오보])새(?=요|여|용)"), "세"),
    (re.compile("(?<=[가-힣][나가데지까어아해에예세네줘])여(?![가-힣])"), "요"),
    (re.compile("(?<=[나세에예까데])용(?![가-힣])"), "요"),
    (re.compile("(?<![가-힣])조(?=은|아[지요졌하]|을까|습니)"), "좋"),
    (re.compile("(?<![가-힣])(?:어떻케|어케|어캐|으케|우째)(?=$|[ 되하해돼가])"), "어떻게"),
    (re.compile("되(?=요(?![가-힣])|서(?![가-힣]))"), "돼"),
    (re.compile("몇게"), "몇 개"),
    (re.compile("애요(?![가-힣])"), "예요"),
)


def respell(text: str) -> str:
    """`text` with the most common misspellings of endings and little words as they should be."""
    for slip, meant in _SLIPS:
        text = slip.sub(meant, text)
    return text


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
        self._tails = _nearby_tails()

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


_LONG_NAME = 4


_LONGEST_NEAR = 10


class NearbyWords:
    """Finds the words of a vocabulary by distance: one keystroke, or two for words of four and more syllables."""

    def __init__(self, words: Iterable[str]) -> None:
        self._typed = {word: keystrokes(word) for word in words if len(word) <= _LONGEST_NEAR}
        index: defaultdict[str, list[str]] = defaultdict(list)
        for word, typed in self._typed.items():
            for rest in _with_deletions(typed, _slips_in(word)):
                index[rest].append(word)
        self._index = dict(index)

    def near(self, word: str) -> Iterator[str]:
        """The words that `word` may be a slip of."""
        if len(word) > _LONGEST_NEAR:
            return
        typed = keystrokes(word)
        allowed = _slips_in(word)
        found = {near for rest in _with_deletions(typed, allowed) for near in self._index.get(rest, ())}
        for near in found:
            most = min(allowed, _slips_in(near))
            if OSA.distance(typed, self._typed[near], score_cutoff=most) <= most:
                yield near


@cache
def _nearby_tails() -> NearbyWords:
    """The same for every vocabulary."""
    return NearbyWords(tail for tail in TAILS if len(tail) > 1)


def _slips_in(word: str) -> int:
    return 2 if len(word) >= _LONG_NAME else 1


def _with_deletions(typed: str, count: int) -> set[str]:
    """`typed`, and what is left of it without any one, or any two, of its letters."""
    rests = {typed}
    latest = rests
    for _ in range(count):
        latest = {rest[:place] + rest[place + 1 :] for rest in latest for place in range(len(rest))}
        rests |= latest
    return rests


_LOOK_ALIKES = (
    "ㅐㅔㅒㅖ",
    "ㅓㅕ",
    "ㅑㅕ",
    "ㅏㅑ",
    "ㅏㅓ",
    "ㅗㅛ",
    "ㅜㅠ",
    "ㄱㄲㅋ",
    "ㄷㄸㅌ",
    "ㅂㅃㅍ",
    "ㅅㅆ",
    "ㅈㅉㅊ",
    "ㄱㅂ",
    "ㅣㅟㅢ",
)


_KEY_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")


_COST_ALIKE = 0.5


_COST_NEIGHBOUR = 0.75


_COST_HALF_VOWEL = 0.75


_SHIFTED = str.maketrans("ㅃㅉㄸㄲㅆㅒㅖ", "ㅂㅈㄷㄱㅅㅐㅔ")


def slip_cost(typed: str, meant: str) -> float:
    """The cheapest way from `meant` to `typed` in keystrokes; 1 for a slip that nothing explains."""
    return _distance(keystrokes(typed), keystrokes(meant))


def _distance(typed: str, meant: str) -> float:
    above: list[float] = []
    row = [float(place) for place in range(len(meant) + 1)]
    for down, letter in enumerate(typed, start=1):
        before, above, row = above, row, [float(down)]
        for across, other in enumerate(meant, start=1):
            best = min(
                row[-1] + _omission(other),
                above[across] + _omission(letter),
                above[across - 1] + _exchange(letter, other),
            )
            if down > 1 < across and letter == meant[across - 2] and other == typed[down - 2]:
                best = min(best, before[across - 2] + 1)
            row.append(best)
    return row[-1]


def _omission(letter: str) -> float:
    """Half a double vowel is easily left out: 위언회 is 위원회."""
    return _COST_HALF_VOWEL if letter in "ㅗㅜㅡ" else 1.0


@cache
def _exchange(letter: str, other: str) -> float:
    if letter == other:
        return 0.0
    if any(letter in group and other in group for group in _LOOK_ALIKES):
        return _COST_ALIKE
    return _COST_NEIGHBOUR if _are_neighbours(letter.translate(_SHIFTED), other.translate(_SHIFTED)) else 1.0


def _are_neighbours(letter: str, other: str) -> bool:
    if letter == other:
        return True
    places = [(row, keys.index(key)) for key in (letter, other) for row, keys in enumerate(_KEY_ROWS) if key in keys]
    (row, column), (other_row, other_column) = (*places, (9, 9), (0, 0))[:2]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
