"""The words that are usual in Korean and in English at large, with their frequencies.

From wordfreq's word lists (Speer 2022, https://doi.org/10.5281/zenodo.7199437), read directly: its own look-up of
Korean words needs another analyser, and its Korean list holds morphemes already.
"""

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


class FrequencyTable:
    """The frequencies of hundreds of thousands of words, in two arrays and a text: it is loaded in no time."""

    def __init__(self, frequencies: Mapping[str, float]) -> None:
        words = sorted(frequencies)
        self._text = "".join(words)
        self._ends = array("I", [0])
        for word in words:
            self._ends.append(self._ends[-1] + len(word))
        self._frequencies = array("d", map(frequencies.__getitem__, words))

    def __len__(self) -> int:
        return len(self._frequencies)

    def __contains__(self, word: str) -> bool:
        return self.frequency(word) > 0

    def frequency(self, word: str) -> float:
        """How often the word stands in a text, as a share of all words; 0 for a word that is not in the list."""
        place = bisect_left(range(len(self)), word, key=self._word)
        return self._frequencies[place] if place < len(self) and self._word(place) == word else 0.0

    def _word(self, place: int) -> str:
        return self._text[self._ends[place] : self._ends[place + 1]]


@dataclass(frozen=True, slots=True)
class UsualWords:
    """The words of both languages. Korean ones are words and morphemes."""

    korean: Mapping[str, float]
    english: FrequencyTable

    def frequency(self, form: str) -> float:
        """The frequency of a word or morpheme in its language, by its letters; 0 for one that is unknown."""
        return self.english.frequency(form) if form.isascii() else self.korean.get(form, 0.0)


@lru_cache(maxsize=1)
def usual_words() -> UsualWords:
    """The word lists of wordfreq. Reading them takes a third of a second, which a cached matcher spares."""
    from wordfreq import get_frequency_dict

    return UsualWords(dict(get_frequency_dict("ko")), FrequencyTable(get_frequency_dict("en")))
