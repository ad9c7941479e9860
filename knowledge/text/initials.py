"""Words written with their initial consonants only: ㅈㅈㄷㅈ is 집적단지."""

import re
from collections import defaultdict
from collections.abc import Mapping

from knowledge.text.hangul import CONSONANTS, initials_of, keystrokes
from knowledge.text.particles import TAILS, attached

_WRITTEN = re.compile(rf"(?<![가-힣{CONSONANTS}ㅏ-ㅣ])([{CONSONANTS}]{{2,}})([가-힣]*)(?![ㄱ-ㅣ])")
_HANGUL = re.compile(r"[가-힣]{2,}")
_CHAT = re.compile(rf"(?<![가-힣{CONSONANTS}ㅏ-ㅣ])([{CONSONANTS}]{{2,}})(?![ㄱ-ㅣ])")
_CLEARLY = 2.0
_SHORT = 2

CHAT = frozenset(
    """
ㅇㅇ ㄱㄱ ㄴㄴ ㅇㅈ ㄹㅇ ㄷㄷ ㅎㄷㄷ ㄱㅅ ㅎㅇ ㅂㅇ ㅂㅂ ㅅㄱ ㅊㅋ ㅈㅅ ㅇㅋ ㅇㅎ ㄱㄷ ㅁㅊ ㅅㅂ ㅂㅅ ㅈㄴ ㅈㄹ ㄲㅂ
ㄱㅊ ㄴㅇㅅ ㅁㄹ ㅃㅇ ㅌㅌ ㅍㅎ ㅉㅉ ㅊㅊ ㅎㄹ ㄱㅇㄷ ㅂㅂㅇ ㅇㄴ ㄹㄷ ㄴㄱㄴ ㅇㄱㄹㅇ ㅂㅂㅂㄱ ㅇㅈㄹ ㅈㄱㄴ ㄱㄴㄲ
ㅇㅆ ㅋㄷ ㅋㅎ ㅎㅋ ㄱㅁㅅ ㄱㅆ
""".split()  # noqa: SIM905
)


def without_chat(text: str) -> str:
    """`text` without the lone consonants of chat: ㅇㅇ, ㄱㄱ, ㄹㅇ."""
    return _CHAT.sub(lambda found: " " if _is_chat(found.group(1)) else found.group(), text)


def _is_chat(consonants: str) -> bool:
    typed = keystrokes(consonants)
    return typed in CHAT or len(set(typed)) == 1


class Initials:
    """An index from initial consonants to the words of the knowledge base."""

    def __init__(self, words: Mapping[str, int]) -> None:
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for word, count in words.items():
            if _HANGUL.fullmatch(word):
                found[initials_of(word)].append((count, word))
        self._words = {initials: _clearest(candidates) for initials, candidates in found.items()}

    def word(self, initials: str) -> str | None:
        """The most frequent word with these initials; for two of them, only one that is clearly so."""
        return self._words.get(initials)

    def spell_out(self, text: str) -> str:
        """`text` with the initials that stand for a word written out."""
        return _WRITTEN.sub(self._written, text)

    def _written(self, found: re.Match[str]) -> str:
        written, tail = keystrokes(found.group(1)), found.group(2)
        word = self.word(written)
        if word is None or (tail and tail not in TAILS and len(written) == _SHORT):
            return found.group()
        return attached(word, tail) if tail in TAILS or not tail else f"{word} {tail}"


def _clearest(candidates: list[tuple[int, str]]) -> str | None:
    (count, word), *others = sorted(candidates, reverse=True)
    clear = len(word) > _SHORT or not others or count >= _CLEARLY * others[0][0]
    return word if clear else None
