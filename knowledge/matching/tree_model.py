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
        trees = np.arange(len(self.feature))[None, :]
        rows = np.arange(len(features))[:, None]
        node = np.zeros((len(features), len(self.feature)), np.int32)
        for _ in range(self.depth):
            goes_left = features[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        scores = self.baseline + self.value[trees, node].sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-scores)), np.float32)

    def to_data(self) -> dict[str, Any]:
        """The model as JSON can hold it; numbers are rounded to what the probabilities need."""
        rounded = {"threshold": _rounded(self.threshold, 6), "value": _rounded(self.value, 5)}
        whole = {name: getattr(self, name).tolist() for name in ("feature", "left", "right")}
        return {"baseline": round(self.baseline, 6), "depth": self.depth, **whole, **rounded}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "TreeModel":
        """The model that `to_data` described. Raises KeyError, TypeError or ValueError when it is not one."""
        return cls(
            baseline=float(data["baseline"]),
            depth=int(data["depth"]),
            **{name: np.array(data[name], np.int32) for name in ("feature", "left", "right")},
            **{name: np.array(data[name], np.float32) for name in ("threshold", "value")},
        )


def _rounded(values: Floats, digits: int) -> list[list[float]]:
    return [[float(f"{value:.{digits}g}") for value in row] for row in values.tolist()]
