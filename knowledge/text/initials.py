"""Words written with their initial consonants only: ㅈㅈㄷㅈ is 집적단지."""

import re
from collections import defaultdict
from collections.abc import Mapping

from knowledge.text.hangul import CONSONANTS, initials_of, keystrokes
from knowledge.text.particles import TAILS, attached
from knowledge.text.words import NOUNS, MorphemeAnalyzer

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
