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
    "LINE SEPARATOR": "보이지 않는 줄바꿈",
    "PARAGRAPH SEPARATOR": "보이지 않는 줄바꿈",
    "HANGUL FILLER": "한글 채움 글자",
    "HALFWIDTH HANGUL FILLER": "한글 채움 글자",
    "HANGUL CHOSEONG FILLER": "한글 채움 글자",
    "HANGUL JUNGSEONG FILLER": "한글 채움 글자",
    "REPLACEMENT CHARACTER": "깨진 글자",
}
_REASONS: Final[Mapping[str, str]] = {
    "Is a directory": "같은 이름의 폴더입니다",
    "Not a directory": "폴더가 아닙니다",
    "Permission denied": "권한이 없습니다",
    "No such file or directory": "그런 파일이 없습니다",
    "No space left on device": "디스크에 빈 곳이 없습니다",
    "Read-only file system": "읽기만 되는 디스크입니다",
    "File exists": "같은 이름의 파일이 있습니다",
    "Too many levels of symbolic links": "바로가기가 자기 자신으로 돌아옵니다",
    "Input/output error": "디스크를 읽고 쓸 수 없습니다",
}
"""What an operating system says of a file."""
_SYSTEM = re.compile("|".join(map(re.escape, _REASONS)))
_CLOSED_WORDS = re.compile(r"(?:topic|title|gap|ng)$")
"""Keys that are spoken with a consonant at their end, whatever their last letter."""
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(_CHARACTERS, key=len, reverse=True))})(?= U\+)")


def in_korean(text: str) -> str:
    """The sentence with particles that fit what stands in ‘ ’ before them, and signs by their Korean names."""
    named = _NAMES.sub(lambda found: _CHARACTERS[found[0]], text)
    return _NAMED.sub(_fitting, _SYSTEM.sub(lambda found: _REASONS[found[0]], named))


def _fitting(match: "re.Match[str]") -> str:
    forms = _PARTICLES.get(match["particle"])
    if not forms:
        return match[0]
    closed, is_l = _sound(match["end"])
    closed = closed or bool(_CLOSED_WORDS.search(match.string[: match.end("end")]))
    is_closed = closed and not (is_l and forms[0] == "으로")
    return f"{match['end']}{match['signs']}’{forms[0] if is_closed else forms[1]}"


def _sound(letter: str) -> tuple[bool, bool]:
    """Whether the sound of the letter ends with a consonant, and whether that is ㄹ."""
    if letter >= "가":
        final = (ord(letter) - _FIRST) % _FINALS
        return final > 0, final == _L_FINAL
    small = letter.lower()
    return small in _CONSONANT_DIGITS | _CONSONANT_LETTERS, small in _L_DIGITS | _L_LETTERS
