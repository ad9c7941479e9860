"""Spaces that are missing, or stand in the wrong place; changed only where the evidence is clear."""

import re

from knowledge.text.particles import readings
from knowledge.text.words import NOUNS, Lexicon, MorphemeAnalyzer

_HANGUL = re.compile(r"[가-힣]+")
_RUN_TOGETHER = re.compile(r"(?<![가-힣])[가-힣]{8,200}(?![가-힣])")
_ONLY_WORD = re.compile(r"[가-힣]{5,}[^가-힣\s]*")
_NEIGHBOURS = re.compile(r"(?<![가-힣])[가-힣]+(?: [가-힣]+)+")
_TORN_ENDING = re.compile(
    r"(?<=[가-힣]) (?=(?:요|어요|예요|에요|죠|까요|니까)(?![가-힣]))"
    r"|(?<=[뭔인한건]) (?=가요(?![가-힣]))|(?<=[하있없되했됐받]) (?=나요(?![가-힣]))"
)
_LONGEST_CHECKED = 120
_CLEAR_GAIN = 13.0
"""How much likelier Kiwi must find the text with other spaces, as a difference of logarithms."""
_LONGEST_JOINED = 4
_MOST_RUNS = 3
_NAME = 4
_WRITTEN_OFTEN = 2


class Spacing:
    """Puts spaces where Korean has them."""

    def __init__(self, lexicon: Lexicon, analyzer: MorphemeAnalyzer | None) -> None:
        self._lexicon = lexicon
        self._analyzer = analyzer

    def repair(self, text: str) -> str:
        """`text` with words apart and the names of the knowledge base in one piece."""
        text = _TORN_ENDING.sub("", text)
        if self._analyzer is not None:
            text = self._moved(text, self._analyzer)
        return _NEIGHBOURS.sub(lambda words: self._joined(words.group().split(" ")), text)

    def _moved(self, text: str, analyzer: MorphemeAnalyzer) -> str:
        text = _RUN_TOGETHER.sub(lambda run: self._apart(run.group(), analyzer), text, count=_MOST_RUNS)
        if _ONLY_WORD.fullmatch(text):
            text = self._apart(text, analyzer)
        return self._respaced(text, analyzer) if self._looks_misplaced(text) else text

    def _apart(self, run: str, analyzer: MorphemeAnalyzer) -> str:
        return run if self._lexicon.knows(run) or _is_compound(run, analyzer) else analyzer.space(run)

    def _looks_misplaced(self, text: str) -> bool:
        """Whether several words, or one of a syllable or two, are unknown as they stand."""
        if len(text) > _LONGEST_CHECKED or " " not in text:
            return False
        unknown = [word for word in _HANGUL.findall(text) if not self._stands_alone(word)]
        return len(unknown) > 1 or any(len(word) <= 2 for word in unknown)  # noqa: PLR2004

    def _stands_alone(self, word: str) -> bool:
        return self._lexicon.count(word) > 1 if len(word) == 1 else self._lexicon.knows(word)

    def _respaced(self, text: str, analyzer: MorphemeAnalyzer) -> str:
        other = analyzer.space(text, reset_whitespace=True)
        if other == text:
            return text
        gain = analyzer.log_probability(other) - analyzer.log_probability(text)
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
        if len(pieces) < 2:  # noqa: PLR2004
            return False
        whole, last = "".join(pieces), pieces[-1]
        shortest = len(whole) - len(last)
        stem = max((stem for stem, _ in readings(whole) if len(stem) > shortest), key=self._lexicon.count)
        count = self._lexicon.count(stem)
        if count < _WRITTEN_OFTEN:
            return False
        if not all(self._stands_alone(piece) for piece in pieces):
            return True
        is_torn = stem != whole and self._lexicon.is_word(last)
        return len(pieces) == 2 and len(stem) >= _NAME and count > self._lexicon.count(pieces[0]) and not is_torn  # noqa: PLR2004


def _is_compound(run: str, analyzer: MorphemeAnalyzer) -> bool:
    """Whether a long word is one name, with nothing but nouns before its particle."""
    tags = [token.tag for token in analyzer.tokenize(run)]
    while tags and not tags[-1].startswith(("N", "X", "S")):
        tags.pop()
    return all(tag in NOUNS for tag in tags)
