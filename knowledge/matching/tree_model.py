"""Gradient-boosted trees, fitted elsewhere and evaluated here: numbers in, probabilities out."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.term_index import Floats


@dataclass(frozen=True, slots=True)
class TreeModel:
    """A sum of trees through the logistic function.

    Every array has the shape (trees, nodes). A node sends a row left when the feature is at most its threshold; a leaf
    is its own child on both sides, and `value` is what it adds.
    """

    baseline: float
    feature: NDArray[np.int32]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    depth: int

    def probabilities(self, features: Floats) -> Floats:
        """The probability for each row of `features`, shape (rows, features)."""
        rows, width = features.shape
        first_of_tree = np.arange(len(self.feature), dtype=np.int32) * self.feature.shape[1]
        first_of_row = np.arange(rows, dtype=np.int32)[:, None] * width
        flat = np.ascontiguousarray(features, np.float32).ravel()
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        left, right = self.left.ravel(), self.right.ravel()
        node = np.broadcast_to(first_of_tree, (rows, len(first_of_tree)))
        for _ in range(self.depth):
            goes_left = flat.take(first_of_row + feature.take(node)) <= threshold.take(node)
            node = first_of_tree + np.where(goes_left, left.take(node), right.take(node))
        scores = self.baseline + self.value.ravel().take(node).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-scores)), np.float32)

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
        return cls(float(data["baseline"]), feature, threshold, left, right, value, int(data["depth"]))


def _rounded(values: Floats, digits: int) -> list[list[float]]:
    return [[float(f"{value:.{digits}g}") for value in row] for row in values.tolist()]
