"""How alike a question and each entry's likest way to ask are as strings."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

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
