"""Many lists of numbered, weighted items in three arrays: how the index keeps what belongs to what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """List `n` is what stands from `ends[n]` up to `ends[n + 1]` in `items` and `weights`."""

    ends: Ints
    items: NDArray[np.int32]
    weights: Floats

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def sizes(self) -> Ints:
        """How long each list is."""
        return np.diff(self.ends)

    def by_item(self, size: int) -> "Lists":
        """For each of the `size` items the lists that hold it, ascending."""
        order = np.argsort(self.items, kind="stable")
        holders = np.repeat(np.arange(len(self), dtype=np.int32), self.sizes)
        ends = np.concatenate(([0], np.cumsum(np.bincount(self.items, minlength=size))))
        return Lists(ends, holders[order], self.weights[order])

    def chosen(self, numbers: Ints) -> tuple[Ints, Floats, Ints]:
        """The items and the weights of these lists, one list after another, and how long each is."""
        starts = self.ends[numbers]
        sizes = self.ends[numbers + 1] - starts
        places = np.arange(sizes.sum())
        places += np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        return self.items.take(places).astype(np.int64), self.weights.take(places), sizes

    def table(self, numbers: Ints, items: Ints) -> Floats:
        """The weight of each of the `items`, which ascend, in each of these lists; 0 where it does not stand there."""
        found, weights, sizes = self.chosen(numbers)
        table = np.zeros((len(numbers), len(items)), np.float32)
        if len(items):
            columns = np.searchsorted(items, found)
            wanted = items.take(columns, mode="clip") == found
            table[np.repeat(np.arange(len(numbers)), sizes)[wanted], columns[wanted]] = weights[wanted]
        return table
