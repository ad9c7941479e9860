"""The wrong keyboard layout, both ways: dPtks is 예산, and ㅔㅁㄱㅊ is parc."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from knowledge.text.bounded_cache import remember
from knowledge.text.hangul import compose, keystrokes
from knowledge.text.particles import TAILS, readings, without_particle
from knowledge.text.words import WordFrequencies

_KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        strict=True,
    )
)
_LETTERS = {letter: key.lower() for key, letter in _KEYS.items()}
_LATIN = re.compile(r"[A-Za-z]+")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]+")
_STRAY = re.compile(r"[ㄱ-ㅣ]")
_VOWEL = re.compile(r"[ㅏ-ㅣ]")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.|\.(?:com|kr|net|org|ai)\b)\S*")

_SYLLABLE = re.compile(r"[가-힣]")
_USUAL_WORD = 1e-5
_USUAL_SYLLABLE = 1e-4
_FREQUENT = 20
_SYLLABLES_PER_DOUBT = 4
_LONGEST_ACRONYM = 5
_LONGEST_NAME = 12
_LONGEST_TYPED = 120
_NAMES = frozenset(("ai", "it", "gist", "parc", "kaist", "google"))
_SURE_LATIN = 4
_REMEMBERED = 20_000


def to_hangul(typed: str) -> str:
    """Latin letters as the Korean layout would have written them."""
    return compose("".join(_KEYS.get(key) or _KEYS.get(key.lower(), key) for key in typed))


def to_latin(typed: str) -> str:
    """Hangul as the Latin layout would have written it, in lower case."""
    return "".join(_LETTERS.get(letter, letter) for letter in keystrokes(typed))


class ReadAs(IntEnum):
    """How a Latin word reads on the Korean layout."""

    LATIN = 0
    """It is a Latin word: English, an acronym, or no Hangul at all."""
    EITHER = 1
    """It may be both, or unusual Hangul; the words around it decide."""
    HANGUL = 2


@dataclass(frozen=True, slots=True)
class _Slip:
    reading: ReadAs
    hangul: str


class Keyboard:
    """Finds words typed on the wrong layout, by what the knowledge base and the languages know."""

    def __init__(self, words: Mapping[str, int], usual: WordFrequencies) -> None:
        self._words = words
        self._read: dict[str, str] = {}
        """Words in Hangul, and what they are after a look at the Latin layout."""
        self._korean, self._english = usual.korean, usual.english
        self._pairs = frozenset(_pairs(words)) | frozenset(_pairs(usual.korean))

    def repair(self, text: str) -> str:
        """`text` with the words typed on the wrong layout as they were meant."""
        return self._latin_words(self._hangul_words(text))

    def _hangul_words(self, text: str) -> str:
        typed = _LATIN.findall(_ADDRESS.sub(" ", text))
        among_hangul = bool(_SYLLABLE.search(text))
        shouted = not among_hangul and len("".join(typed)) > _LONGEST_ACRONYM and "".join(typed).isupper()
        slips = {word: self._slip(word.lower() if shouted else word, among_hangul) for word in typed}
        if typed and _looks_capitalized(typed[0]) and text.startswith(typed[0]):
            slips[typed[0]] = self._slip(typed[0][0].lower() + typed[0][1:], among_hangul)
        sure = sum(slip.reading is ReadAs.HANGUL for slip in slips.values())
        against = sum(slip.reading is ReadAs.LATIN and not self._is_name(word) for word, slip in slips.items())
        least = ReadAs.EITHER if sure > against else ReadAs.HANGUL
        meant = {word: slip.hangul for word, slip in slips.items() if slip.reading >= least}
        return _LATIN.sub(lambda word: meant.get(word.group(), word.group()), text) if meant else text

    def _slip(self, word: str, among_hangul: bool) -> _Slip:
        hangul = to_hangul(word)
        if len(word) > _LONGEST_TYPED:
            return _Slip(ReadAs.LATIN, word)
        if _STRAY.search(hangul):
            hangul = to_hangul(word.lower())
        if self._likeness(hangul) <= 1 and not self._is_latin(word) and (name := self._name_with_tail(word)):
            return _Slip(ReadAs.HANGUL, name)
        if among_hangul and self._is_little_word(word, hangul):
            return _Slip(ReadAs.HANGUL, hangul)
        return _Slip(self._reading(word, hangul), hangul)

    def _reading(self, word: str, hangul: str) -> ReadAs:
        if _STRAY.search(hangul) or _is_acronym(word):
            return ReadAs.LATIN
        likeness = self._likeness(hangul)
        if self._is_latin(word):
            return ReadAs.EITHER if likeness > 1 else ReadAs.LATIN
        return ReadAs.HANGUL if likeness and len(hangul) > 1 else ReadAs.EITHER

    def _is_little_word(self, word: str, hangul: str) -> bool:
        """Whether two or three Latin letters among Hangul are a usual syllable: anj is 뭐, ep is 데."""
        lower = word.lower()
        if len(hangul) > 1 or word != lower or lower in self._words or lower in self._korean:
            return False
        is_usual = self._korean.get(hangul, 0) > _USUAL_SYLLABLE or self._words.get(hangul, 0) > _FREQUENT
        return is_usual and self._english.frequency(lower) < _USUAL_WORD

    def _is_name(self, word: str) -> bool:
        """Whether `word` is one that Korean questions hold, too: AI, IT, gist."""
        return _is_acronym(word) or word.lower() in _NAMES

    def _is_latin(self, word: str) -> bool:
        return word.lower() in self._words or word.lower() in self._english

    def _name_with_tail(self, word: str) -> str | None:
        """A Latin name of the knowledge base with Korean in Latin letters after it: aifmf is ai를."""
        for end in range(2, min(len(word) - 1, _LONGEST_NAME)):
            name, tail = word[:end], to_hangul(word[end:])
            if name.lower() in self._words and (tail in TAILS or (name.isupper() and self._likeness(tail) > 1)):
                return name + tail
        return None

    def _likeness(self, hangul: str) -> int:
        """How much it looks like Korean: 2 for words, 1 for usual syllables in usual order, 0 for anything else."""
        if _STRAY.search(hangul):
            return 0
        if any(stem in self._words or self._korean.get(stem, 0) > _USUAL_WORD for stem, _ in readings(hangul)):
            return 2
        if any(self._korean.get(stem, 0) > _USUAL_SYLLABLE for stem, _ in without_particle(hangul, shortest=1)):
            return 2
        unusual = sum(pair not in self._pairs for pair in _pairs((hangul,)))
        return int(len(hangul) > 1 and unusual <= len(hangul) // _SYLLABLES_PER_DOUBT)

    def _latin_words(self, text: str) -> str:
        return _HANGUL.sub(lambda word: self._latin_word(word.group()), text)

    def _latin_word(self, typed: str) -> str:
        known = self._read.get(typed)
        return remember(self._read, typed, self._read_as_latin(typed), _REMEMBERED) if known is None else known

    def _read_as_latin(self, typed: str) -> str:
        for stem, tail in readings(typed):
            latin = to_latin(stem)
            if latin in self._words and len(latin) > 1 and self._is_slip(stem, latin):
                return latin + tail
        return typed

    def _is_slip(self, typed: str, latin: str) -> bool:
        """Whether `typed` is no Korean, and too much like `latin` to be initials."""
        whole = compose(keystrokes(typed))
        if not _STRAY.search(whole):
            is_korean = whole in self._words or self._korean.get(whole, 0) >= _USUAL_WORD
            return not is_korean and (len(whole) > 1 or latin in _NAMES)
        return bool(_VOWEL.search(typed) or _SYLLABLE.search(typed)) or len(latin) >= _SURE_LATIN


def _looks_capitalized(word: str) -> bool:
    """Whether only the first letter is a capital, as telephones write it at the start of a text."""
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= _LONGEST_ACRONYM


def _pairs(words: Mapping[str, object] | tuple[str, ...]) -> Iterator[str]:
    """The pairs of adjacent syllables of words."""
    for word in words:
        yield from (word[place : place + 2] for place in range(len(word) - 1))
