"""How often words and morphemes stand in Korean and in English at large.

From wordfreq's word lists (Speer 2022, https://doi.org/10.5281/zenodo.7199437); `frequencies/README.md` says under
which licence. wordfreq's own look-up of Korean words needs another analyser, and its Korean list holds
morphemes already. To write the lists anew: `python -m knowledge.text.word_frequencies` (needs wordfreq).
"""

import gzip
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "frequencies"


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
class WordFrequencies:
    """Those of both languages. Korean ones are of words and morphemes."""

    korean: Mapping[str, float]
    english: FrequencyTable

    def frequency(self, form: str) -> float:
        """The frequency of a word or morpheme in its language, by its letters; 0 for one that is unknown."""
        return self.english.frequency(form) if form.isascii() else self.korean.get(form, 0.0)


@lru_cache(maxsize=1)
def word_frequencies() -> WordFrequencies:
    """The lists in `frequencies/`. Reading them takes a third of a second, which a cached matcher spares."""
    return WordFrequencies(read_list("ko"), FrequencyTable(read_list("en")))


def read_list(language: str, folder: Path = _FOLDER) -> dict[str, float]:
    """The words of a list with their frequencies, as shares of all words.

    Line `n`, from 0, of `<language>.txt.gz` holds the words of frequency 10 ** (-n / 100), with spaces between them.
    """
    with gzip.open(folder / f"{language}.txt.gz", "rt", encoding="utf-8") as lines:
        return {word: 10 ** (-number / 100) for number, line in enumerate(lines) for word in line.split()}


def write_list(language: str, folder: Path = _FOLDER) -> None:
    """Writes wordfreq's list of a language, for `read_list`: the same bytes from the same wordfreq."""
    from wordfreq import get_frequency_list

    text = "".join(f"{' '.join(words)}\n" for words in get_frequency_list(language))
    (folder / f"{language}.txt.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    for each in ("ko", "en"):
        write_list(each)
