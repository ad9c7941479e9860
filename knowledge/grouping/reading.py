"""Reads questions for comparison with each other, and remembers what it has read."""

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from rapidfuzz import utils

from knowledge.grouping.words import Words
from knowledge.matching.analysis import Analyzer, letter_grams
from knowledge.matching.entry_index import in_token_order
from knowledge.matching.term_index import Ints
from knowledge.text.chatter import without_chat
from knowledge.text.cleaning import clean
from knowledge.text.word_frequencies import WordFrequencies

GRAMS = 1 << 17
"""How many numbers the letter grams share: that two of one question meet by chance is rare."""
_TEXTS_REMEMBERED = 60_000
"""Of about 2 kB each."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadText:
    """A question as it is compared: its words and letter grams by number, each once, and its letters."""

    words: Ints
    grams: Ints
    letters: str
    """Without spaces and signs; the text itself where nothing else is in it."""
    sorted_words: str
    """As rapidfuzz's token_sort_ratio compares them."""


class Reader:
    """Reads texts with one analyser, each once as long as it is remembered."""

    def __init__(self, analyzer: Analyzer, usual: WordFrequencies) -> None:
        self.words = Words(usual)
        self._analyzer = analyzer
        self.read = lru_cache(maxsize=_TEXTS_REMEMBERED)(self._read)

    def _read(self, text: str) -> ReadText:
        plain = _plain(text)
        tidy = utils.default_process(plain)
        return ReadText(
            words=self.words.numbers(self._analyzer.analyze(plain).morphemes),
            grams=_numbers_of_grams(plain),
            letters=tidy.replace(" ", "") or text,
            sorted_words=in_token_order(tidy),
        )


def _plain(text: str) -> str:
    return without_chat(clean(text)).lower()


def _numbers_of_grams(text: str) -> Ints:
    return np.unique(np.array([crc32(gram.encode()) % GRAMS for gram in letter_grams(text)], np.int64))
