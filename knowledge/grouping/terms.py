"""The terms of many texts in one array, so that sums over each text are taken of thousands at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.matching.term_index import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The numbers of the terms of texts: those of a text stand together; `counts` says how many each text has."""

    terms: Ints
    counts: Ints

    @classmethod
    def of(cls, texts: Sequence[Ints]) -> "Terms":
        """The terms of these texts."""
        return cls(
            np.concatenate(texts) if texts else np.zeros(0, np.int64), np.array([len(text) for text in texts], np.int64)
        )

    @property
    def starts(self) -> Ints:
        """Where the terms of each text begin."""
        return np.asarray(np.cumsum(self.counts) - self.counts, np.int64)

    @property
    def owners(self) -> Ints:
        """The place of the text that each term belongs to."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def sums(self, values: Floats) -> Floats:
        """For each text the sum of the `values` of its terms."""
        return self._over_each_text(np.add.reduceat, values)

    def largest(self, values: Floats) -> Floats:
        """For each text the largest of the `values` of its terms; 0 without terms."""
        return self._over_each_text(np.maximum.reduceat, values)

    def _over_each_text(self, reduced: Callable[..., Any], values: Floats) -> Floats:
        found = np.zeros(len(self.counts), np.float32)
        filled = self.counts > 0  # where a text without terms would begin, there may be nothing
        if filled.any():
            found[filled] = reduced(values[self.terms], self.starts[filled])
        return found
