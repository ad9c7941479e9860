"""Plain copies of a text for the patterns: one ASCII character for each digit, hyphen or dot however it is written."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

_SEPARATORS = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃─━ㅡーｰ", "-"),
    **dict.fromkeys("·・•‧∙⋅｡。．․", "."),
    **dict.fromkeys("∼〜～˜", "~"),
    **dict.fromkeys("［〔【（", "("),
    **dict.fromkeys("］〕】）", ")"),
}
_UNSEEN = {"Mn", "Me", "Cf", "Cc"}
"""Categories of characters nobody sees as one of their own: zero-width ones, keycaps, controls."""
_BLANK = "\n"
"""Stands for what is found already; nothing else folds to it, and no pattern goes across it."""
_SPOKEN = str.maketrans("공영령일이삼사오육륙칠팔구〇零一二三四五六七八九OoㅇlI|", "000123456678900123456789000111")
"""Digits as they are read out, and the letters that pass for digits."""


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    if character.isspace():
        return " "
    if unicodedata.category(character) in _UNSEEN:
        return ""
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


@dataclass(frozen=True, slots=True)
class Folded:
    """A plain copy of a text; `offsets` says where each of its characters stands in the text."""

    plain: str
    spoken: str
    """The same, with digits read out (공일공) as digits too."""
    offsets: list[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """The folded copy of `text`; characters that nobody sees are left out of it."""
        pairs = [(folded, offset) for offset, character in enumerate(text) if (folded := _folded(character))]
        plain = "".join([folded for folded, _ in pairs])
        return cls(plain, plain.translate(_SPOKEN), [*(offset for _, offset in pairs), len(text)])

    def without(self, spans: list[tuple[int, int]]) -> "Folded":
        """The same with those spans blanked out."""
        return Folded(_blanked(self.plain, spans), _blanked(self.spoken, spans), self.offsets)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, end = [], 0
    for first, last in spans:
        pieces += [text[end:first], _BLANK * (last - first)]
        end = last
    return "".join([*pieces, text[end:]])
