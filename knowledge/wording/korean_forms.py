"""Korean as it is written behind names that are filled in: the particle fits the sound before it."""

import re
from collections.abc import Mapping
from typing import Final

_PARTICLES: Final = {
    written: forms
    for forms in (
        *(("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로")),
        *(("이라는", "라는"), ("이라고", "라고")),
    )
    for written in forms
}
"""Each with its forms behind a consonant and behind a vowel."""
_NAMED = re.compile(r"(?P<end>[가-힣A-Za-z0-9])(?P<signs>[^\w\s가-힣‘]{0,4})’(?P<particle>[가-힣]{1,3})(?![가-힣])")
_CONSONANT_DIGITS = frozenset("013678")
_CONSONANT_LETTERS = frozenset("lmn")
_L_DIGITS, _L_LETTERS = frozenset("178"), frozenset("l")
_FIRST, _FINALS, _L_FINAL = 0xAC00, 28, 8
_CHARACTERS: Final[Mapping[str, str]] = {
    "IDEOGRAPHIC SPACE": "전각 빈칸",
    "NO-BREAK SPACE": "줄바꿈 없는 빈칸",
    "NARROW NO-BREAK SPACE": "좁은 빈칸",
    "EM SPACE": "넓은 빈칸",
    "EN SPACE": "넓은 빈칸",
    "THIN SPACE": "좁은 빈칸",
    "ZERO WIDTH SPACE": "폭이 없는 빈칸",
    "ZERO WIDTH NO-BREAK SPACE": "폭이 없는 빈칸",
    "ZERO WIDTH NON-JOINER": "폭이 없는 글자",
    "ZERO WIDTH JOINER": "폭이 없는 글자",
    "WORD JOINER": "폭이 없는 글자",
    "SOFT HYPHEN": "보이지 않는 줄표",
    "LEFT-TO-RIGHT MARK": "글 방향 표시",
    "RIGHT-TO-LEFT MARK": "글 방향 표시",
}
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(_CHARACTERS, key=len, reverse=True))})(?= U\+)")


def in_korean(text: str) -> str:
    """The sentence with particles that fit what stands in ‘ ’ before them, and signs by their Korean names."""
    named = _NAMES.sub(lambda found: _CHARACTERS[found[0]], text)
    return _NAMED.sub(_fitting, named)


def _fitting(match: "re.Match[str]") -> str:
    forms = _PARTICLES.get(match["particle"])
    if not forms:
        return match[0]
    closed, is_l = _sound(match["end"])
    is_closed = closed and not (is_l and forms[0] == "으로")
    return f"{match['end']}{match['signs']}’{forms[0] if is_closed else forms[1]}"


def _sound(letter: str) -> tuple[bool, bool]:
    """Whether the sound of the letter ends with a consonant, and whether that is ㄹ."""
    if letter >= "가":
        final = (ord(letter) - _FIRST) % _FINALS
        return final > 0, final == _L_FINAL
    small = letter.lower()
    return small in _CONSONANT_DIGITS | _CONSONANT_LETTERS, small in _L_DIGITS | _L_LETTERS
