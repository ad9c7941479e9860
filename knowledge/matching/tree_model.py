"""Gradient-boosted trees, fitted elsewhere and evaluated here: numbers in, probabilities out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.lists import Floats

MOST_LEAVES = 16
_ALL = np.uint16(0xFFFF)
_NUMBERS = np.arange(1 << MOST_LEAVES)
_LOWEST_BIT = np.bitwise_count((_NUMBERS & -_NUMBERS) - 1).astype(np.int64)
"""Of each number the place of the lowest bit that is set; for 0 it means nothing."""


@dataclass(frozen=True)
class TreeModel:
    """A sum of trees through the logistic function.

    Every array has the shape (trees, nodes). A node sends a row left when the feature is at most its threshold; a leaf
    is its own child on both sides, and `value` is what it adds. A tree has at most MOST_LEAVES leaves.
    """

    baseline: float
    feature: NDArray[np.int32]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    depth: int

    def probabilities(self, features: Floats) -> Floats:
        """The probability for each row of `features`, shape (rows, features).

        All nodes are asked at once, as QuickScorer does (Lucchese et al., SIGIR 2015): each that a row fails strikes
        out the leaves to its left, and the leftmost leaf of a tree that is left over is the row's. It is six times
        faster than walking down the trees level by level.
        """
        nodes = self._nodes
        fails = features.take(nodes.feature, axis=1) > nodes.threshold
        struck = np.bitwise_or.reduce((fails * nodes.struck).reshape(len(features), *nodes.shape), axis=1)
        scores = self.baseline + nodes.value.take(nodes.first_leaf + _LOWEST_BIT.take(_ALL ^ struck)).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-scores)), np.float32)

    @cached_property
    def _nodes(self) -> "_Nodes":
        return _Nodes.of(self)

    def to_data(self) -> dict[str, Any]:
        """The model as JSON can hold it.

        Thresholds are kept whole, because many a feature stands exactly on one; other numbers are rounded.
        """
        rounded = {"threshold": _rounded(self.threshold, 9), "value": _rounded(self.value, 5)}
        whole = {name: getattr(self, name).tolist() for name in ("feature", "left", "right")}
        return {"baseline": round(self.baseline, 6), "depth": self.depth, **whole, **rounded}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "TreeModel":
        """The model that `to_data` described. Raises KeyError, TypeError or ValueError when it is not one."""
        feature, left, right = (np.array(data[name], np.int32) for name in ("feature", "left", "right"))
        threshold, value = (np.array(data[name], np.float32) for name in ("threshold", "value"))
        trees = cls(float(data["baseline"]), feature, threshold, left, right, value, int(data["depth"]))
        _ = trees._nodes  # what is no tree is refused here
        return trees


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The inner nodes of all trees: the first of each tree, then the second of each, and so on.

    `struck` has a bit for each leaf that a row does not reach when it fails the node. Trees with fewer nodes are filled
    up with such that nothing fails. `value` has MOST_LEAVES places a tree.
    """

    shape: tuple[int, int]
    feature: NDArray[np.int64]
    threshold: Floats
    struck: NDArray[np.uint16]
    first_leaf: NDArray[np.int64]
    value: Floats

    @classmethod
    def of(cls, trees: TreeModel) -> "_Nodes":
        """Those of a model. Raises ValueError when a tree has too many leaves."""
        shape = (MOST_LEAVES - 1, len(trees.feature))
        feature, struck = np.zeros(shape, np.int64), np.zeros(shape, np.uint16)
        threshold = np.full(shape, np.inf, np.float32)
        value = np.zeros((len(trees.feature), MOST_LEAVES), np.float32)
        for tree in range(len(trees.feature)):
            walk = _Walk(trees.left[tree].tolist(), trees.right[tree].tolist())
            value[tree, : len(walk.leaves)] = trees.value[tree, walk.leaves]
            inner = slice(0, len(walk.inner)), tree
            feature[inner], threshold[inner] = trees.feature[tree, walk.inner], trees.threshold[tree, walk.inner]
            struck[inner] = walk.struck
        first = np.arange(len(trees.feature)) * MOST_LEAVES
        return cls(shape, feature.ravel(), threshold.ravel(), struck.ravel(), first, value.ravel())


class _Walk:
    """One tree from left to right: its leaves, its inner nodes, and the bits of the leaves under each one's left."""

    def __init__(self, left: Sequence[int], right: Sequence[int]) -> None:
        """Takes each node's children. Raises ValueError when they make no tree, or one with too many leaves."""
        self._left, self._right = left, right
        self.leaves: list[int] = []
        self.inner: list[int] = []
        self.struck: list[int] = []
        self._visit(0)

    def _visit(self, node: int) -> None:
        left, right = self._left[node], self._right[node]
        if left == node:
            self.leaves.append(node)
            return
        if not node < min(left, right) <= max(left, right) < len(self._left) or len(self.leaves) >= MOST_LEAVES - 1:
            raise ValueError(f"the nodes make no tree of at most {MOST_LEAVES} leaves")
        first = len(self.leaves)
        self._visit(left)
        self.inner.append(node)
        self.struck.append((1 << len(self.leaves)) - (1 << first))
        self._visit(right)


def _rounded(values: Floats, digits: int) -> list[list[float]]:
    return [[float(f"{value:.{digits}g}") for value in row] for row in values.tolist()]
