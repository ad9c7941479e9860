"""Which words are known: those of the knowledge base, and usual Korean."""

from collections.abc import Mapping

from knowledge.text.bounded_cache import remember
from knowledge.text.particles import readings
from knowledge.text.word_frequencies import WordFrequencies

_SPOKEN = frozenset("고딩 중딩 초딩 대딩 직딩 노잼 꿀팁 존버 갓생 인싸 아싸 울집 첨엔 근데".split())  # noqa: SIM905
"""Words of talk that dictionaries lack."""
_REMEMBERED = 20_000


class Lexicon:
    """The words of one knowledge base, before the background of the language."""

    def __init__(self, words: Mapping[str, int], usual: WordFrequencies) -> None:
        self.words = words
        self._known: dict[str, bool] = {}
        self._usual = usual.korean
        self._syllables = frozenset("".join(words) + "".join(self._usual))

    def count(self, word: str) -> int:
        """How often the knowledge base writes `word`."""
        return self.words.get(word, 0)

    def knows(self, word: str) -> bool:
        """Whether `word`, or what is left without its particle, is written in the knowledge base or usual Korean."""
        known = self._known.get(word)
        return remember(self._known, word, self._looks_known(word), _REMEMBERED) if known is None else known

    def _looks_known(self, word: str) -> bool:
        return any(self.is_word(stem) for stem, _ in readings(word))

    def is_word(self, word: str) -> bool:
        """Whether `word` is known just as it stands."""
        return word in self.words or (len(word) > 1 and (word in self._usual or word in _SPOKEN))

    def has_strange_syllable(self, word: str) -> bool:
        """Whether a syllable of `word` is in no known word at all."""
        return not self._syllables.issuperset(word)
