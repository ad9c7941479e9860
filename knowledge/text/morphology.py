"""Kiwi (kiwipiepy) as this program uses it: loaded lean, with the editors' own words."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter
from warnings import catch_warnings

from kiwipiepy import Kiwi, Token

_REMEMBERED = 64
"""Readings; one question is read up to eight times on its way, mostly as the same few texts."""


class Morphology:
    """Cuts Korean texts into morphemes; safe to use from several threads.

    Kiwi's dictionaries of names of several words and of frequent slips are not loaded: reading the former takes 1.5 s
    and 190 MB, and questions that were held out are answered as well without (docs/benchmarks.md). `names` are words
    that stay whole, whatever Kiwi's dictionaries would make of them. A pickled one holds
    them alone: Kiwi is loaded anew.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = tuple(dict.fromkeys(names))
        with catch_warnings(action="ignore"):  # of what 0 meant in old versions
            # No threads of its own, which a process forked from this one would lack.
            self._kiwi = Kiwi(num_workers=0, load_multi_dict=False, load_typo_dict=False)
        for name in self._names:
            self._kiwi.add_user_word(name, "NNP")
        self._read = lru_cache(_REMEMBERED)(partial(_likeliest, self._kiwi))
        self._read("")  # Kiwi reads half of its files when it is first asked

    def __reduce__(self) -> tuple[Callable[..., "Morphology"], tuple[tuple[str, ...]]]:
        return shared_morphology, (self._names,)

    def tokenize(self, text: str) -> Sequence[Token]:
        """The morphemes of a text."""
        return self._read(text)[0]

    def tokenize_all(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        """Those of many texts, in order; all cores work on them, as Kiwi lets others go on meanwhile."""
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            yield from threads.map(self._kiwi.tokenize, texts)

    def log_probability(self, text: str) -> float:
        """The logarithm of how probable the likeliest reading of a text is."""
        return self._read(text)[1]

    def space(self, text: str, *, reset_whitespace: bool = False) -> str:
        """The text with spaces where Korean has them; with `reset_whitespace` its own are not heeded."""
        return str(self._kiwi.space(text, reset_whitespace=reset_whitespace))

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text; those of the text in small letters, which was mostly read before."""
        lower = text.lower()
        read = lower if len(lower) == len(text) else text  # a few letters have small forms of two
        found = (list(tokens) for _, tokens in groupby(self.tokenize(read), attrgetter("sent_position")))
        return [text[tokens[0].start : tokens[-1].end] for tokens in found]


@lru_cache(maxsize=2)
def shared_morphology(names: tuple[str, ...]) -> Morphology:
    """The Morphology with these names, loaded once a process: whatever reads with one vocabulary shares it."""
    return Morphology(names)


def _likeliest(kiwi: Kiwi, text: str) -> tuple[Sequence[Token], float]:
    """The likeliest reading of a text: its morphemes, and the logarithm of its probability."""
    tokens, score = kiwi.analyze(text)[0]
    return tokens, float(score)
