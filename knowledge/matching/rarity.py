"""How much a word tells, by how rare it is in general language."""

import math

from knowledge.text.bounded_cache import remember
from knowledge.text.words import WordFrequencies

_TAG_WEIGHTS = {"N": 1.0, "S": 0.8, "X": 0.6, "V": 0.6, "M": 0.3}
"""By the first letter of the Sejong tag: nouns, foreign words, roots, verbs, adverbs."""
_FREQUENT = 7.0
"""The Zipf frequency (log10 of occurrences in a billion words) at which a word tells nothing."""
_REMEMBERED = 100_000


class Rarity:
    """What morphemes tell; those it was asked for before are not looked up again."""

    def __init__(self, usual: WordFrequencies) -> None:
        self.usual = usual
        self._known: dict[str, float] = {}

    def __call__(self, morpheme: str) -> float:
        """What the morpheme (`form/T`) tells, in 0..1: rare nouns most, frequent adverbs least."""
        known = self._known.get(morpheme)
        return remember(self._known, morpheme, self._look_up(morpheme), _REMEMBERED) if known is None else known

    def _look_up(self, morpheme: str) -> float:
        form, tag = morpheme.rsplit("/", 1)
        frequency = self.usual.frequency(form)
        zipf = max(0.0, 9 + math.log10(frequency)) if frequency else 0.0
        return max(0.0, 1 - zipf / _FREQUENT) * _TAG_WEIGHTS.get(tag, 0.5)
