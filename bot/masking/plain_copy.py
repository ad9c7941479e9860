"""Plain copies of a text: one ASCII character for each digit, hyphen or dot, however it is written."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

FOUND = "\0"
"""Stands for what is found already. Nothing else folds to it, and no number goes across it."""

_SEPARATORS = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃─━ㅡ\u1173ーｰ⁻₋", "-"),
    **dict.fromkeys("·・•‧∙⋅｡。．․ㆍ", "."),
    **dict.fromkeys("∼〜～˜", "~"),
    **dict.fromkeys("［〔【（", "("),
    **dict.fromkeys("］〕】）", ")"),
    **dict.fromkeys("、，﹐", ","),
}
_UNSEEN = {"Mn", "Me", "Cf", "Cc", "Co", "Cs"}
"""Categories of characters nobody sees as one of their own: zero-width ones, keycaps, controls."""

_READ_OUT = dict(zip("공영령일이삼사오육륙칠팔구〇零一二三四五六七八九", "000123456678900123456789", strict=True))
"""Digits as they are read out."""
_LETTERS = dict(zip("Oo\u110bIl|\u1175", "0001111", strict=True))
"""Letters that pass for digits, where they stand by themselves; of ㅇ and ㅣ what their plain copies are."""
_ALIKE = _READ_OUT | _LETTERS
_WORDS = {
    **dict(
        zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], "0123456789", strict=True)
    ),
    "oh": "0",
    "제로": "0",
    **dict(zip(["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"], "123456789", strict=True)),
}
_ONES = "일이삼사오육칠팔구"
_THOUSANDS = rf"[{_ONES}]?+천(?:[{_ONES}]?+백)?+(?:[{_ONES}]?+십)?+[{_ONES}]?+(?![만억조천백십])"
"""Four digits that are said as one number."""
_SPOKEN = re.compile(
    rf"(?P<thousands>{_THOUSANDS})|[{''.join(_READ_OUT)}]"
    rf"|(?<![A-Za-z])(?:[{''.join(_LETTERS)}]{{1,3}}|(?i:{'|'.join(_WORDS)})(?! ?(?:은행|카드|뱅크)))(?![A-Za-z])"
)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    if character.isspace():
        return "\n" if character in "\n\r\u2028\u2029" else " "
    if unicodedata.category(character) in _UNSEEN:
        return ""
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


@dataclass(frozen=True, slots=True)
class PlainCopy:
    """A plain copy of a text; `offsets` says where each of its characters stands in the text, and where the text ends.

    Characters that nobody sees are left out of it.
    """

    plain: str
    offsets: list[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """The plain copy of `text`."""
        folded = [_folded(character) for character in text]
        plain = "".join(folded)
        if len(plain) == len(text) and "" not in folded:
            return cls(plain, list(range(len(text) + 1)))
        return cls(plain, [*(offset for offset, character in enumerate(folded) if character), len(text)])

    def without(self, spans: list[tuple[int, int]]) -> "PlainCopy":
        """The same with those spans, which are in order, blanked out."""
        pieces, end = [], 0
        for first, last in spans:
            pieces += [self.plain[end:first], FOUND * (last - first)]
            end = last
        return PlainCopy("".join([*pieces, self.plain[end:]]), self.offsets)

    def spoken(self) -> "PlainCopy":
        """The same with digits that are read out (공일공, zero one zero) or look alike (O1O) as digits too."""
        pieces: list[str] = []
        offsets: list[int] = []
        end = 0
        for match in _SPOKEN.finditer(self.plain):
            first, last = match.span()
            said = match.group().lower()
            if match["thousands"]:
                digits = _number_said(said)
            else:
                digits = _WORDS.get(said) or "".join(_ALIKE[letter] for letter in match.group())
            pieces += [self.plain[end:first], digits]
            offsets += [*self.offsets[end:first], *self.offsets[first : first + len(digits)]]
            end = last
        pieces.append(self.plain[end:])
        return PlainCopy("".join(pieces), [*offsets, *self.offsets[end:]])


def _number_said(words: str) -> str:
    """The four digits of a number such as 오천오백육십육, or the words where they are too few to stand for four."""
    if len(words) < len("0000"):
        return words
    number, ones = 0, 0
    for letter in words:
        if letter in _TENS:
            number, ones = number + (ones or 1) * _TENS[letter], 0
        else:
            ones = _ONES.index(letter) + 1
    return f"{number + ones:04}"


_TENS = {"천": 1000, "백": 100, "십": 10}
