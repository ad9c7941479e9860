"""How alike a question and each entry's likest way to ask are as strings, and whether they are the same."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.matching.analysis import letters_of
from knowledge.matching.lists import Doubles, Ints


def in_token_order(text: str) -> str:
    """The text's words in alphabetical order, as rapidfuzz's token_sort_ratio compares them."""
    return " ".join(sorted(text.split()))


class Likeness:
    """Compares a text with others by rapidfuzz's token_sort_ratio."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = [in_token_order(text) for text in texts]

    def likest(self, text: str, starts: Ints, sizes: Ints) -> Doubles:
        """The ratio, in 0..1, with the likest of each run of texts; no run is empty."""
        if not len(starts):
            return np.zeros(0)
        compared: list[str] = []
        for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
            compared += self.texts[start : start + size]
        ratios = process.cdist([in_token_order(text)], compared, scorer=fuzz.ratio)[0]
        return np.maximum.reduceat(ratios, np.cumsum(sizes) - sizes).astype(np.float64) / 100

    def ratios(self, text: str, places: Ints) -> Doubles:
        """The ratio, in 0..1, with each of the texts at these places."""
        compared = [self.texts[place] for place in places.tolist()]
        ratios = process.cdist([in_token_order(text)], compared, scorer=fuzz.ratio)[0] if compared else np.zeros(0)
        return np.asarray(ratios, np.float64) / 100


class SameTexts:
    """Finds texts of the same letters and digits, whatever spaces and signs stand between them.

    Eight bytes of a digest stand for each: two of a million texts share them with a chance of 1 in 30 million.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        digests = np.array([_digest(text) for text in texts], np.uint64)
        self._order: Ints = np.argsort(digests, kind="stable")
        self._digests = digests[self._order]

    def rows(self, text: str) -> Ints:
        """The places of the texts that are the same, ascending; none for a text without letters."""
        digest = _digest(text)
        start, end = (np.searchsorted(self._digests, digest, side) for side in ("left", "right"))
        return self._order[start:end] if digest else self._order[:0]


def _digest(text: str) -> np.uint64:
    """0 for a text without letters."""
    letters = letters_of(text).encode("utf-8", "surrogatepass")
    return np.uint64(int.from_bytes(blake2b(letters, digest_size=8).digest()) if letters else 0)
