"""How much a word tells, by how rare it is in general language."""

import math
from collections.abc import Mapping
from functools import cache, lru_cache

import wordfreq

_TAG_WEIGHTS = {"N": 1.0, "S": 0.8, "X": 0.6, "V": 0.6, "M": 0.3}
"""By the first letter of the Sejong tag: nouns, foreign words, roots, verbs, adverbs."""
_FREQUENT = 7.0
"""The Zipf frequency (log10 of occurrences in a billion words) at which a word tells nothing."""


@lru_cache(maxsize=100_000)
def rarity(morpheme: str) -> float:
    """What the morpheme (`form/T`) tells, in 0..1: rare nouns most, frequent adverbs least.

    By wordfreq's word lists (Speer 2022, https://doi.org/10.5281/zenodo.7199437), read directly: its own look-up
    of Korean words needs another analyser, and its Korean list holds morphemes already.
    """
    form, tag = morpheme.rsplit("/", 1)
    frequency = _frequencies("en" if form.isascii() else "ko").get(form, 0.0)
    zipf = max(0.0, 9 + math.log10(frequency)) if frequency else 0.0
    return max(0.0, 1 - zipf / _FREQUENT) * _TAG_WEIGHTS.get(tag, 0.5)


@cache
def _frequencies(language: str) -> Mapping[str, float]:
    return wordfreq.get_frequency_dict(language)
