"""Tells messages of people in danger: who wants to die, is beaten, finds somebody lifeless, sees a fire.

It reads the text alone, so that it works before anything is loaded and while the database is away. Patterns are
compared by sound: syllables are taken apart, so that 주꼬십다 is 죽고 싶다, and a space may stand or be missing between
any two. What only sounds alike (더워 죽겠다), asks about a subject (자살 예방 기술) or passes on news is told apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.dialogue.phrase_file import read_phrases
from knowledge.text.hangul import compose, is_syllable, split
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
        danger for danger, told in _TOLD.items() if not (informs and danger in informs) and told.sure_in(sound, plain)
    ]
    if sure:
        return Alarm(_narrowed(sure, sound))
    if informs is not None:
        return None
    doubtful = [danger for danger, told in _TOLD.items() if told.doubtful_in(sound)]
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
    spoken = re.sub("[가-힣]+", lambda run: " ?".join(map(_syllable_pattern, run.group())), written)
    return (
        spoken.replace("~", r"(?:(?<=[ .?!])|(?<=^))")
        .replace("_", r"[^.?!]{0,14}?")
        .replace("…", r"[^.?!]{0,40}?")
        .replace(" ", " ?")
    )


def _syllable_pattern(syllable: str) -> str:
    """Its sound; a final consonant must not begin another syllable: 발작 is not in 개발자가."""
    return f"(?:{_syllable_sound(syllable)}{'(?![ㅏ-ㅣ])' if split(syllable)[2] else ''})"


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


_FILE = read_phrases("dangers.toml")
_TOLD = {
    danger: _Told(
        sure=_pattern(*_FILE[danger]["sure"]),
        english=_english(*_FILE[danger]["english"]),
        not_meant=_pattern(*_FILE[danger]["not_meant"]) if "not_meant" in _FILE[danger] else None,
        doubtful=_pattern(*_FILE[danger]["doubtful"]),
    )
    for danger in Danger
}
_ASKS_ABOUT = _FILE["asks_about"]
_SUBJECT, _NEEDED, _HEARSAY = (_pattern(*_ASKS_ABOUT[key]) for key in ("subject", "needed", "hearsay"))
_ENGLISH_SUBJECT, _ENGLISH_SELF = (_english(*_ASKS_ABOUT[key]) for key in ("english", "english_self"))
_PARTNER, _MATE = (_pattern(f"{_FILE['who'][key]}") for key in ("partner", "mate"))


def _asks_about_a_subject(sound: str, plain: str) -> frozenset[Danger] | None:
    """The dangers that the text only speaks about, or None where it may tell of any."""
    if _ENGLISH_SUBJECT.search(plain) and not _ENGLISH_SELF.search(plain):
        return frozenset(Danger)
    if _SUBJECT.search(sound) and not _NEEDED.search(sound):
        return frozenset(Danger)
    if _HEARSAY.search(sound):
        return frozenset(Danger) - {Danger.SELF_HARM}
    return None


def _narrowed(found: list[Danger], sound: str) -> tuple[Danger, ...]:
    """At most two, without what a narrower one says better: who is beaten by a father needs no second number."""
    narrow = [danger for danger in found if danger in (Danger.CHILD, Danger.PARTNER, Danger.SCHOOL)]
    kept = [danger for danger in found if not (narrow and danger is Danger.VIOLENCE)]
    if Danger.PARTNER in kept and Danger.CHILD in kept and _PARTNER.search(sound):
        kept.remove(Danger.CHILD)
    if Danger.SCHOOL in kept and Danger.CHILD in kept and _MATE.search(sound):
        kept.remove(Danger.CHILD)
    return tuple(kept[:2])
