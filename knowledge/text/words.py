"""Words: those of Korean and English at large with their frequencies, those of the knowledge base, and which are known.

The frequencies are from wordfreq's word lists (Speer 2022, https://doi.org/10.5281/zenodo.7199437);
`frequencies/README.md` says under which licence. wordfreq's own look-up of Korean words needs another analyser, and its
Korean list holds morphemes already. To write the lists anew: `python -m knowledge.text.words` (needs wordfreq).
"""

import gzip
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from knowledge.text.bounded_cache import remember
from knowledge.text.particles import readings, without_particle

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

    def __reduce__(self) -> tuple[Callable[..., "WordFrequencies"], tuple[Any, ...]]:
        return _shared, (self.korean, self.english)

    def frequency(self, form: str) -> float:
        """The frequency of a word or morpheme in its language, by its letters; 0 for one that is unknown."""
        return self.english.frequency(form) if form.isascii() else self.korean.get(form, 0.0)


_LOADED: list[WordFrequencies] = []
"""Those of this process, once they were read or came with a pickled matcher."""


def word_frequencies() -> WordFrequencies:
    """The lists in `frequencies/`. Reading them takes a third of a second, which a cached matcher spares."""
    return _LOADED[0] if _LOADED else _shared(read_list("ko"), FrequencyTable(read_list("en")))


def _shared(korean: Mapping[str, float], english: FrequencyTable) -> WordFrequencies:
    if not _LOADED:
        _LOADED.append(WordFrequencies(korean, english))
    return _LOADED[0]


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


_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
NOUNS = frozenset(("NNG", "NNP", "NR", "XR", "SL", "XSN", "NNB"))
_LONGEST_COMPOUND = 3


class Morpheme(Protocol):
    """What is read from a token of Kiwi."""

    @property
    def form(self) -> str:
        """As written in a dictionary."""

    @property
    def tag(self) -> str:
        """The part of speech."""

    @property
    def start(self) -> int:
        """Where it stands in the text."""

    @property
    def len(self) -> int:
        """How many characters of the text it covers."""

    @property
    def oov(self) -> bool:
        """Whether no dictionary has it."""


class MorphemeAnalyzer(Protocol):
    """What is asked of Kiwi; `Morphology` is the one there is."""

    def tokenize(self, text: str) -> Sequence[Any]:
        """The morphemes of `text`."""

    def log_probability(self, text: str) -> float:
        """The logarithm of how probable the likeliest reading of `text` is."""

    def space(self, text: str, *, reset_whitespace: bool = ...) -> str:
        """`text` with spaces where Korean has them; with `reset_whitespace` its own are not heeded."""


def words_of(texts: Iterable[str], tokens: Iterable[Sequence[Morpheme]] = ()) -> Counter[str]:
    """The words of `texts`: eojeols without particles, Latin words in lower case.

    `tokens`, where Kiwi has already read the texts, add nouns and compounds of adjacent nouns (집적 + 단지).
    """
    written = Counter(word for text in texts for word in _WORD.findall(text))
    words: Counter[str] = Counter()
    for word, count in written.items():
        words[word.lower() if word.isascii() else _stem(word, written)] += count
    compounds = Counter(compound for sentence in tokens for compound in _compounds(sentence))
    for compound, count in compounds.items():
        words[compound] = max(words[compound], count)
    return words


def _stem(word: str, written: Mapping[str, int]) -> str:
    """The word without its particle, when the rest is written alone elsewhere, or the particle has two syllables."""
    for stem, tail in without_particle(word):
        if stem in written or len(tail) > 1:
            return stem
    return word


def _compounds(sentence: Sequence[Morpheme]) -> Iterable[str]:
    """The nouns of a sentence, and up to three adjacent ones written as one."""
    for first, token in enumerate(sentence):
        if token.tag not in NOUNS:
            continue
        form = ""
        end = token.start
        for part in sentence[first : first + _LONGEST_COMPOUND]:
            if part.tag not in NOUNS or part.start - end > 1:
                break
            form, end = form + part.form, part.start + part.len
            if len(form) > 1:
                yield form.lower()


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


if __name__ == "__main__":
    for each in ("ko", "en"):
        write_list(each)
