"""Ids of new entries, made of the words in which they are asked for."""

import re
import unicodedata
from collections.abc import Container

from knowledge.base import MAX_ID_LENGTH

_MOST_WORDS = 4
_LONGEST = MAX_ID_LENGTH - len("-999")
_WITHOUT_WORDS = "staff-answer"
_FIRST_SYLLABLE, _LAST_SYLLABLE = "가", "힣"
_VOWELS_TIMES_FINALS, _FINALS_COUNT = 588, 28
_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")  # noqa: SIM905  # easier to read than 19 quoted letters
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")  # noqa: SIM905  # easier to read
_FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")  # noqa: SIM905  # easier to read
"""The letters of the Revised Romanization, syllable by syllable: readable, and close enough for an id."""


def new_slug(question: str, taken: Container[str]) -> str:
    """An id after the question's first words that is not `taken`."""
    words = re.findall(r"[a-z0-9]+", _romanised(question).lower())
    slug = ""
    for word in words[:_MOST_WORDS]:
        longer = f"{slug}-{word}" if slug else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        slug = longer
    return _untaken(slug or _WITHOUT_WORDS, taken)


def _untaken(slug: str, taken: Container[str]) -> str:
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _romanised(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    return "".join(map(_letters, composed))


def _letters(character: str) -> str:
    if not _FIRST_SYLLABLE <= character <= _LAST_SYLLABLE:
        return character
    initial, rest = divmod(ord(character) - ord(_FIRST_SYLLABLE), _VOWELS_TIMES_FINALS)
    vowel, final = divmod(rest, _FINALS_COUNT)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
