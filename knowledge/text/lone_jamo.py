"""Single letters among syllables, put together as an input method would: 예ㅅㅏㄴ이 becomes 예산이."""

import re

from knowledge.text.chatter import is_chat
from knowledge.text.hangul import DOUBLE_FINALS, DOUBLE_VOWELS, VOWELS, compose, is_syllable, join, keystrokes, split

_WITH_LETTERS = re.compile(r"(?<![가-힣])[가-힣]*[ㄱ-ㅣ][가-힣ㄱ-ㅣ]*")
_ONLY_CONSONANTS = re.compile(r"[ㄱ-ㅎ]{2,}")
_LETTERS = re.compile(r"([가-힣]?)([ㄱ-ㅣ]+)(?=([가-힣]?))")
_LONE = re.compile(r"[ㄱ-ㅣ]")
_NEVER_FINAL = "ㄸㅃㅉㅋㅎ"
_SIGHS = "ㅠㅜㅡ"


def recompose(text: str) -> str:
    """`text` with its single letters in syllables where they belong and dropped where they do not.

    Words of nothing but consonants stay: they are initials.
    """
    return _WITH_LETTERS.sub(_word, text)


def without_letters(text: str) -> str:
    """`text` with the single letters of its words dropped; initials stay."""
    return _WITH_LETTERS.sub(lambda word: _kept(word.group()) or _LONE.sub("", word.group()), text)


def _kept(word: str) -> str:
    return word if _ONLY_CONSONANTS.fullmatch(word) else ""


def _word(found: re.Match[str]) -> str:
    word = found.group()
    return _kept(word) or _LONE.sub("", _LETTERS.sub(_run, word))


def _run(found: re.Match[str]) -> str:
    """One run of single letters, with the syllable before it."""
    before, run, after = found.groups()
    if before and is_chat(run):
        return before
    made = compose(keystrokes(run))
    if not before or is_syllable(made[0]):
        return before + made
    closed = compose(keystrokes(before + run))
    if len(closed) == 1 and run in DOUBLE_FINALS:
        return closed
    inside = bool(after) or len(made) > 1
    return _with_letter(before, made[0], inside=inside) + made[1:]


def _with_letter(syllable: str, letter: str, *, inside: bool) -> str:
    """`syllable` with a single letter after it; `inside` when the word goes on."""
    initial, vowel, final = split(syllable)
    if letter in VOWELS:
        return _with_vowel(syllable, letter) if inside else syllable
    if letter in _NEVER_FINAL or (letter == "ㅇ" and not inside):
        return syllable
    if not final:
        return join(initial, vowel, letter)
    double = DOUBLE_FINALS.get(final + letter)
    return join(initial, vowel, double) if double else syllable


def _with_vowel(syllable: str, letter: str) -> str:
    initial, vowel, final = split(syllable)
    if final:
        return syllable if letter in _SIGHS else syllable + join("ㅇ", letter)
    double = DOUBLE_VOWELS.get(vowel + letter)
    return join(initial, double) if double else syllable
