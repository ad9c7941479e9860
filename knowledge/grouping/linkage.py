"""How alike a question is to a group, from how alike it is to each of the group's texts."""

import numpy as np

from knowledge.matching.term_index import Floats, Ints

_BEST_SHARE = 0.25
"""How much the most alike text counts beside the mean of all: anything from 0.15 to 0.4 is about as good."""


def linkage(likenesses: Floats, sizes: Ints) -> Floats:
    """One number for each group: the mean of its texts' likenesses, drawn towards the greatest.

    `likenesses` holds those of the first group's texts, then those of the second's, and so on; `sizes`, none of them
    0, says how many texts each group has.
    """
    if not len(sizes):
        return np.zeros(0, np.float32)
    starts = np.cumsum(sizes) - sizes
    means = np.add.reduceat(likenesses, starts) / sizes
    return np.asarray((1 - _BEST_SHARE) * means + _BEST_SHARE * np.maximum.reduceat(likenesses, starts), np.float32)
