"""Single letters: of chat (ㅇㅇ), of syllables typed apart (예ㅅㅏㄴ is 예산), and initials (ㅈㅈㄷㅈ is 집적단지)."""

import re
from collections import defaultdict
from collections.abc import Mapping

from knowledge.text.hangul import (
    CONSONANTS,
    DOUBLE_FINALS,
    DOUBLE_VOWELS,
    VOWELS,
    compose,
    initials_of,
    is_syllable,
    join,
    keystrokes,
    split,
)
from knowledge.text.particles import TAILS, attached
from knowledge.text.words import NOUNS, MorphemeAnalyzer

_CHAT = re.compile(rf"(?<![가-힣{CONSONANTS}ㅏ-ㅣ])([{CONSONANTS}]{{2,}}|ㄳ|ㅄ)(?![ㄱ-ㅣ])")

_SAID = frozenset(
    """
ㅇㅇ ㄱㄱ ㄴㄴ ㅇㅈ ㄹㅇ ㄷㄷ ㅎㄷㄷ ㄱㅅ ㅎㅇ ㅂㅇ ㅂㅂ ㅅㄱ ㅊㅋ ㅈㅅ ㅇㅋ ㅇㅎ ㄱㄷ ㅁㅊ ㅅㅂ ㅂㅅ ㅈㄴ ㅈㄹ ㄲㅂ
ㄱㅊ ㄴㅇㅅ ㅁㄹ ㅃㅇ ㅌㅌ ㅍㅎ ㅉㅉ ㅊㅊ ㅎㄹ ㄱㅇㄷ ㅂㅂㅇ ㅇㄴ ㄹㄷ ㄴㄱㄴ ㅇㄱㄹㅇ ㅂㅂㅂㄱ ㅇㅈㄹ ㅈㄱㄴ ㄱㄴㄲ
ㅇㅆ ㅋㄷ ㅋㅎ ㅎㅋ ㄱㅁㅅ ㄱㅆ
""".split()  # noqa: SIM905
)


def without_chat(text: str) -> str:
    """`text` without the lone consonants of chat: ㅇㅇ, ㄱㄱ, ㄹㅇ."""
    return _CHAT.sub(lambda found: " " if is_chat(found.group(1)) else found.group(), text)


def is_chat(consonants: str) -> bool:
    """Whether lone consonants are a word of chat, or one letter over and over."""
    typed = keystrokes(consonants)
    return typed in _SAID or (len(typed) > 1 and len(set(typed)) == 1)


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


_WRITTEN = re.compile(rf"(?<![가-힣{CONSONANTS}ㅏ-ㅣ])([{CONSONANTS}]{{2,}})([가-힣]*)(?![ㄱ-ㅣ])")
_HANGUL = re.compile(r"[가-힣]{2,}")
_CLEARLY = 1.5
_CONSIDERED = 8
_ABBREVIATED = NOUNS | {"NP", "MAG", "NNB"}
_SHORT = 2


class Initials:
    """An index from initial consonants to the words of the knowledge base."""

    def __init__(self, words: Mapping[str, int], analyzer: MorphemeAnalyzer | None) -> None:
        self._analyzer = analyzer
        self._words: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for word, count in words.items():
            if count > 1 and _HANGUL.fullmatch(word):
                self._words[initials_of(word)].append((count, word))
        for candidates in self._words.values():
            candidates.sort(reverse=True)
        self._chosen: dict[str, str | None] = {}

    def word(self, initials: str) -> str | None:
        """The most frequent word with these initials; for two of them, only one that is clearly so."""
        if initials not in self._chosen and initials in self._words:
            self._chosen[initials] = self._clearest(self._words[initials])
        return self._chosen.get(initials)

    def spell_out(self, text: str) -> str:
        """`text` with the initials that stand for a word written out."""
        return _WRITTEN.sub(self._written, text)

    def _written(self, found: re.Match[str]) -> str:
        written, tail = keystrokes(found.group(1)), found.group(2)
        word = self.word(written)
        if word is None or (tail and tail not in TAILS and len(written) == _SHORT):
            return found.group()
        return attached(word, tail) if tail in TAILS or not tail else f"{word} {tail}"

    def _clearest(self, candidates: list[tuple[int, str]]) -> str | None:
        names = [candidate for candidate in candidates[:_CONSIDERED] if self._is_name(candidate[1])] or candidates
        (count, word), *others = names
        is_clear = len(word) > _SHORT or not others or count >= _CLEARLY * others[0][0]
        return word if is_clear else None

    def _is_name(self, word: str) -> bool:
        """Whether `word` is what people abbreviate: a noun, or a question word."""
        return self._analyzer is None or all(token.tag in _ABBREVIATED for token in self._analyzer.tokenize(word))
