"""The words of the knowledge base with their frequencies, as the repair of slips needs them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from knowledge.text.particles import without_particle

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
