"""Hangul as letters: syllables apart, syllables together, and what an input method makes of single letters."""

import re
from functools import lru_cache

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
CONSONANTS = "ㄱ-ㅎ"

DOUBLE_VOWELS = {"ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ"}
DOUBLE_FINALS = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
_TYPED_APART = {double: pair for pairs in (DOUBLE_VOWELS, DOUBLE_FINALS) for pair, double in pairs.items()}

_FIRST = ord("가")
_PER_INITIAL = len(VOWELS) * len(FINALS)
_TYPED_SYLLABLE = re.compile(
    f"([{INITIALS}])({'|'.join(DOUBLE_VOWELS)}|[{VOWELS}])"
    f"((?:{'|'.join(DOUBLE_FINALS)}|[{FINALS.strip()}])(?![{VOWELS}]))?"
)

_ANY_SYLLABLE = re.compile(r"\[\^?가-힣(?: |\\s\?)?\]")


def compiled_for_any_case(pattern: str) -> re.Pattern[str]:
    """The pattern, matching letters of either case; what is compiled so takes a tenth of the time.

    For each set of characters the compiler looks for the other case of each of its 11,172 syllables, unless it is told
    that there is none.
    """
    return re.compile(_ANY_SYLLABLE.sub(r"(?-i:\g<0>)", pattern), re.IGNORECASE)


def is_syllable(char: str) -> bool:
    """Whether `char` is a whole Hangul syllable."""
    return "가" <= char <= "힣"


def split(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final of a syllable; the final is empty when there is none."""
    index = ord(syllable) - _FIRST
    initial, rest = divmod(index, _PER_INITIAL)
    vowel, final = divmod(rest, len(FINALS))
    return INITIALS[initial], VOWELS[vowel], FINALS[final].strip()


def join(initial: str, vowel: str, final: str = "") -> str:
    """The syllable of these letters."""
    index = (INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)) * len(FINALS)
    return chr(_FIRST + index + FINALS.index(final or " "))


def letters(text: str) -> str:
    """`text` with every syllable taken apart: 집적 becomes ㅈㅣㅂㅈㅓㄱ."""
    return "".join("".join(split(char)) if is_syllable(char) else char for char in text)


def keystrokes(text: str) -> str:
    """The letters of `text` as typed one by one: 왔 becomes ㅇㅗㅏㅆ."""
    return "".join(map(_keystrokes, text))


@lru_cache(maxsize=20_000)
def _keystrokes(character: str) -> str:
    return "".join(_TYPED_APART.get(letter, letter) for letter in letters(character))


def compose(typed: str) -> str:
    """What an input method makes of letters typed one by one; letters that fit nowhere stay single."""
    return _TYPED_SYLLABLE.sub(_typed_syllable, typed)


def _typed_syllable(found: re.Match[str]) -> str:
    initial, vowel, final = found.groups(default="")
    return join(initial, DOUBLE_VOWELS.get(vowel, vowel), DOUBLE_FINALS.get(final, final))


def initials_of(word: str) -> str:
    """The initial consonants of a word: 집적단지 becomes ㅈㅈㄷㅈ."""
    return "".join(split(char)[0] if is_syllable(char) else char for char in word)


def has_final(word: str) -> bool:
    """Whether the last syllable closes with a consonant."""
    return bool(word) and is_syllable(word[-1]) and (ord(word[-1]) - _FIRST) % len(FINALS) > 0


def without_final(syllable: str) -> str:
    """The syllable without its final consonant."""
    initial, vowel, _ = split(syllable)
    return join(initial, vowel)
