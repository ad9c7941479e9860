"""Spaces that are missing, or stand in the wrong place; changed only where the evidence is clear."""

import re

from knowledge.text.lexicon import Lexicon
from knowledge.text.particles import readings
from knowledge.text.words import Analyzer

_HANGUL = re.compile(r"[가-힣]+")
_RUN_TOGETHER = re.compile(r"[가-힣]{8,}")
_ONLY_WORD = re.compile(r"[가-힣]{5,}[^가-힣\s]*")
_NEIGHBOURS = re.compile(r"[가-힣]+(?: [가-힣]+)+")
_LONGEST_CHECKED = 120
_CLEAR_GAIN = 13.0
"""How much likelier Kiwi must find the text with other spaces, as a difference of logarithms."""
_LONGEST_JOINED = 4
_NAME = 4


class Spacing:
    """Puts spaces where Korean has them."""

    def __init__(self, lexicon: Lexicon, analyzer: Analyzer | None) -> None:
        self._lexicon = lexicon
        self._analyzer = analyzer

    def repair(self, text: str) -> str:
        """`text` with words apart and the names of the knowledge base in one piece."""
        if self._analyzer is not None:
            text = _RUN_TOGETHER.sub(lambda run: self._apart(run.group(), self._analyzer), text)
            if " " not in text and _ONLY_WORD.fullmatch(text):
                text = self._apart(text, self._analyzer)
            if self._looks_misplaced(text):
                text = self._respaced(text, self._analyzer)
        return _NEIGHBOURS.sub(lambda words: self._joined(words.group().split(" ")), text)

    def _apart(self, run: str, analyzer: Analyzer | None) -> str:
        return run if analyzer is None or self._lexicon.knows(run) else analyzer.space(run)

    def _looks_misplaced(self, text: str) -> bool:
        """Whether several words, or one of a syllable or two, are unknown as they stand."""
        if len(text) > _LONGEST_CHECKED or " " not in text:
            return False
        unknown = [word for word in _HANGUL.findall(text) if not self._stands_alone(word)]
        return len(unknown) > 1 or any(len(word) <= 2 for word in unknown)  # noqa: PLR2004

    def _stands_alone(self, word: str) -> bool:
        return self._lexicon.count(word) > 1 if len(word) == 1 else self._lexicon.knows(word)

    def _respaced(self, text: str, analyzer: Analyzer) -> str:
        other = analyzer.space(text, reset_whitespace=True)
        if other == text:
            return text
        gain = analyzer.analyze(other)[0][1] - analyzer.analyze(text)[0][1]
        return other if gain > _CLEAR_GAIN else text

    def _joined(self, words: list[str]) -> str:
        """Adjacent words in one where together they are a word of the knowledge base: 인공 지능, 데이 터센 터."""
        joined: list[str] = []
        start = 0
        while start < len(words):
            size = next(
                (size for size in range(_LONGEST_JOINED, 1, -1) if self._is_one(words[start : start + size])), 1
            )
            joined.append("".join(words[start : start + size]))
            start += size
        return " ".join(joined)

    def _is_one(self, pieces: list[str]) -> bool:
        whole = "".join(pieces)
        shortest = len(whole) - len(pieces[-1])
        count = max((self._lexicon.count(stem) for stem, _ in readings(whole) if len(stem) > shortest), default=0)
        if count < 2 or len(pieces) < 2:  # noqa: PLR2004
            return False
        if not all(self._stands_alone(piece) for piece in pieces):
            return True
        return len(pieces) == 2 and len(whole) >= _NAME and count > self._lexicon.count(pieces[0])  # noqa: PLR2004
