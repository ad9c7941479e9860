"""Tells messages of people in danger: who wants to die, is beaten, finds somebody lifeless, sees a fire.

It reads the text alone, so that it works before anything is loaded and while the database is away. Patterns are
compared by sound: syllables are taken apart, so that 주꼬십다 is 죽고 싶다, and a space may stand or be missing between
any two. What only sounds alike (더워 죽겠다), asks about a subject (자살 예방 기술) or passes on news is told apart.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.dialogue.small_talk import read_phrases
from knowledge.text.hangul import compose, has_final, is_syllable, split
from knowledge.text.keyboard import to_hangul


class Danger(StrEnum):
    """What somebody may be in; each has the numbers to call in `bot.wording`."""

    SELF_HARM = "self_harm"
    MEDICAL = "medical"
    """Injury, illness, poisoning, fire and accidents."""
    CHILD = "child"
    PARTNER = "partner"
    """Violence at home, between partners, and sexual violence."""
    SCHOOL = "school"
    VIOLENCE = "violence"
    """Violence and crime."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """The dangers that a message tells of, the most urgent first.

    `sure` is false where it may be meant otherwise: then the numbers are given, and the answer too.
    """

    dangers: tuple[Danger, ...]
    sure: bool = True


_LONGEST = 1000
"""Characters that are read; who is in danger says so early or at the end of a message."""


def alarm_in(text: str) -> Alarm | None:
    """The alarm that a message raises, or None."""
    for reading in _readings(text):
        found = _alarm(reading)
        if found:
            return found
    return None


def _readings(text: str) -> Iterator[str]:
    shortened = text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} . {text[-_LONGEST // 2 :]}"
    yield shortened
    if shortened.isascii() and any(map(str.isalpha, shortened)):  # wnrrh tlvek, typed on the Latin layout
        typed = to_hangul(shortened)
        if not re.search("[ㄱ-ㅣ]", typed):
            yield typed


def _alarm(text: str) -> Alarm | None:
    sound, plain = _sound(text), " ".join(re.sub(r"[^\w'.]+", " ", text.lower().replace("’", "'")).split())
    informs = _asks_about_a_subject(sound, plain)
    sure = [
        danger
        for danger, told in _patterns().told.items()
        if not (informs and danger in informs) and told.sure_in(sound, plain)
    ]
    if sure:
        return Alarm(_narrowed(sure, sound))
    if informs is not None:
        return None
    doubtful = [danger for danger, told in _patterns().told.items() if told.doubtful_in(sound)]
    return Alarm(_narrowed(doubtful, sound), sure=False) if doubtful else None


def _sound(text: str) -> str:
    """Letters as they sound, with one space between words: tense consonants twice, vowels that sound alike as one."""
    composed = compose(text.lower())
    letters = "".join(_syllable_sound(char) if is_syllable(char) else char for char in composed)
    return re.sub(r"\s+", " ", re.sub(r"[^ㄱ-ㅣa-z0-9\s.?!]+", " ", letters)).strip()


_TENSE = str.maketrans({"ㄲ": "ㄱㄱ", "ㄸ": "ㄷㄷ", "ㅃ": "ㅂㅂ", "ㅆ": "ㅅㅅ", "ㅉ": "ㅈㅈ"})
_ALIKE = str.maketrans({"ㅐ": "ㅔ", "ㅒ": "ㅖ", "ㅙ": "ㅚ", "ㅞ": "ㅚ"})
_FINAL = str.maketrans({"ㅆ": "ㅅ", "ㄲ": "ㄱ", "ㅍ": "ㅂ"})


def _syllable_sound(syllable: str) -> str:
    initial, vowel, final = split(syllable)
    return (initial.translate(_TENSE) + vowel + final.translate(_FINAL)).translate(_ALIKE)


def _pattern(*written: str) -> re.Pattern[str]:
    """What any of the patterns of `dangers.toml` matches by sound."""
    return re.compile("|".join(map(_by_sound, written)))


def _by_sound(written: str) -> str:
    return (
        _SYLLABLES.sub(_run_pattern, written)
        .replace("~", "(?<![^ .?!])")
        .replace("_", "[^.?!]{0,14}?")
        .replace("…", "[^.?!]{0,40}?")
        .replace(" ", " ?")
    )


_SYLLABLES = re.compile("(?P<run>[가-힣]+)(?=(?P<quantifier>[?*+{])?)")


def _run_pattern(run: re.Match[str]) -> str:
    """Syllables by their sound, with or without spaces; the last as a group where a quantifier follows.

    A final consonant must not begin another syllable (발작 is not in 개발자가), and only the last could.
    """
    *sounds, last = map(_syllable_sound, run["run"])
    last += "(?![ㅏ-ㅣ])" if has_final(run["run"]) else ""
    return " ?".join((*sounds, f"(?:{last})" if run["quantifier"] else last))


@dataclass(frozen=True, slots=True)
class _Told:
    """How a danger is told: surely, and in words that may be meant otherwise; by sound, and in English."""

    sure: re.Pattern[str]
    english: re.Pattern[str]
    not_meant: re.Pattern[str] | None
    doubtful: re.Pattern[str]

    def sure_in(self, sound: str, plain: str) -> bool:
        rest = self.not_meant.sub(" ", sound) if self.not_meant else sound
        return bool(self.sure.search(rest) or self.english.search(plain))

    def doubtful_in(self, sound: str) -> bool:
        rest = self.not_meant.sub(" ", sound) if self.not_meant else sound
        return bool(self.doubtful.search(rest))


def _english(*written: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{each})\b" for each in written))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """All of `dangers.toml`, compiled."""

    told: Mapping[Danger, _Told]
    subject: re.Pattern[str]
    needed: re.Pattern[str]
    hearsay: re.Pattern[str]
    english_subject: re.Pattern[str]
    english_self: re.Pattern[str]
    partner: re.Pattern[str]
    mate: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled when they are needed first, which takes a moment: the program starts without them."""
    file = read_phrases("dangers.toml")
    about, who = file["asks_about"], file["who"]
    told = {
        danger: _Told(
            sure=_pattern(*file[danger]["sure"]),
            english=_english(*file[danger]["english"]),
            not_meant=_pattern(*file[danger]["not_meant"]) if "not_meant" in file[danger] else None,
            doubtful=_pattern(*file[danger]["doubtful"]),
        )
        for danger in Danger
    }
    return _Patterns(
        told,
        subject=_pattern(*about["subject"]),
        needed=_pattern(*about["needed"]),
        hearsay=_pattern(*about["hearsay"]),
        english_subject=_english(*about["english"]),
        english_self=_english(*about["english_self"]),
        partner=_pattern(who["partner"]),
        mate=_pattern(who["mate"]),
    )


def _asks_about_a_subject(sound: str, plain: str) -> frozenset[Danger] | None:
    """The dangers that the text only speaks about, or None where it may tell of any."""
    patterns = _patterns()
    if patterns.english_subject.search(plain) and not patterns.english_self.search(plain):
        return frozenset(Danger)
    if patterns.subject.search(sound) and not patterns.needed.search(sound):
        return frozenset(Danger)
    if patterns.hearsay.search(sound):
        return frozenset(Danger) - {Danger.SELF_HARM}
    return None


def _narrowed(found: list[Danger], sound: str) -> tuple[Danger, ...]:
    """At most two, without what a narrower one says better: who is beaten by a father needs no second number."""
    narrow = [danger for danger in found if danger in (Danger.CHILD, Danger.PARTNER, Danger.SCHOOL)]
    kept = [danger for danger in found if not (narrow and danger is Danger.VIOLENCE)]
    if Danger.PARTNER in kept and Danger.CHILD in kept and _patterns().partner.search(sound):
        kept.remove(Danger.CHILD)
    if Danger.SCHOOL in kept and Danger.CHILD in kept and _patterns().mate.search(sound):
        kept.remove(Danger.CHILD)
    return tuple(kept[:2])
