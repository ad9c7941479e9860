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
        return cls(_together(texts), np.array([len(text) for text in texts], np.int64))

    @classmethod
    def joined(cls, parts: Sequence["Terms"]) -> "Terms":
        """The terms of the texts of all the parts, in order."""
        return cls(_together([part.terms for part in parts]), _together([part.counts for part in parts]))

    @property
    def starts(self) -> Ints:
        """Where the terms of each text begin."""
        return np.asarray(np.cumsum(self.counts) - self.counts, np.int64)

    @property
    def owners(self) -> Ints:
        """The place of the text that each term belongs to."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def frequencies(self, size: int) -> Ints:
        """In how many texts each of the `size` terms stands."""
        return np.bincount(self.terms, minlength=size)

    def sums(self, values: Floats) -> Floats:
        """For each text the sum of the `values` of its terms."""
        return self._over_each_text(np.add.reduceat, values)

    def largest(self, values: Floats) -> Floats:
        """For each text the largest of the `values` of its terms; 0 without terms."""
        return self._over_each_text(np.maximum.reduceat, values)

    def _over_each_text(self, reduced: Callable[..., Any], values: Floats) -> Floats:
        if not len(self.counts):
            return np.zeros(0, np.float32)
        # The last text may have no terms and begin behind the end: one more value keeps its place valid.
        along = np.append(values[self.terms], np.float32(0))
        return np.asarray(np.where(self.counts > 0, reduced(along, self.starts), 0), np.float32)


def _together(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)
