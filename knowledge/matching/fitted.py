"""The fitted numbers of the matcher: what they are, where they are kept, and from what they were made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import FittedModelError
from knowledge.matching.features import FEATURES
from knowledge.matching.term_index import Floats

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


FITTED_FILE = Path(__file__).with_name("fitted.json")


_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class FittedNumbers:
    """What `python main.py fit` makes.

    `trees` give each answer's raw probability from its features; `calibration` (slope, offset) turns its logit into the
    logit of a probability that holds on questions not fitted on; `refusal` are the weights of a logistic model that
    nothing answers the question: of a constant, the best answer's logit, and how far the best gap is ahead of it.
    `wrong_shares` are pairs, from sure to unsure: a confidence, and the share of wrong answers among those given with
    that confidence or more. `followup_offset` is added to the logit when a question is read with the one before it.
    """

    trees: TreeModel
    calibration: tuple[float, float]
    refusal: tuple[float, ...]
    wrong_shares: tuple[tuple[float, float], ...]
    followup_offset: float
    made_from: Mapping[str, Any]

    def confidences(self, features: Floats, *, followup: bool = False) -> Floats:
        """The calibrated probability of each answer; shape (answers,)."""
        slope, offset = self.calibration
        offset += self.followup_offset if followup else 0
        return logistic(slope * logit(self.trees.probabilities(features)) + offset)

    def least_confidence(self, wrong_answers: float) -> float:
        """The least confidence with which to answer, so that at most that share of the answers is wrong."""
        kept = [confidence for confidence, share in self.wrong_shares if share <= wrong_answers]
        return min(kept, default=1.0)

    def nothing_answers(self, best_answer: float, lead_of_gap: float) -> float:
        """The probability that nothing answers, by the best answer's confidence and the best gap's lead over it."""
        constant, by_answer, by_lead = self.refusal
        score = constant + by_answer * float(logit(np.float32(best_answer))) + by_lead * lead_of_gap
        return float(logistic(np.float32(score)))


def save_fitted(numbers: FittedNumbers, file: Path = FITTED_FILE) -> None:
    """Writes the numbers, and from what they were made, as JSON."""
    data = {
        "made_by": "python main.py fit",
        "made_from": dict(numbers.made_from),
        "features": FEATURES,
        "calibration": numbers.calibration,
        "refusal": numbers.refusal,
        "wrong_shares": numbers.wrong_shares,
        "followup_offset": numbers.followup_offset,
        "trees": numbers.trees.to_data(),
    }
    file.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")


@cache
def load_fitted(file: Path = FITTED_FILE) -> FittedNumbers:
    """The fitted numbers of the file. Raises FittedModelError when they cannot be used by this version."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if tuple(data["features"]) != FEATURES:
            raise FittedModelError(file, "it was made for other features")
        return FittedNumbers(
            trees=TreeModel.from_data(data["trees"]),
            calibration=tuple(data["calibration"]),
            refusal=tuple(data["refusal"]),
            wrong_shares=tuple((confidence, share) for confidence, share in data["wrong_shares"]),
            followup_offset=float(data["followup_offset"]),
            made_from=data["made_from"],
        )
    except OSError as error:
        raise FittedModelError(file, f"it cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise FittedModelError(file, f"it is damaged ({error})") from None


def logit(probability: Floats | np.float32) -> Floats:
    """The log odds of a probability, finite at 0 and 1."""
    bounded = np.clip(probability, _NEARLY, 1 - _NEARLY)
    return np.asarray(np.log(bounded / (1 - bounded)), np.float32)


def logistic(score: Floats | np.float32) -> Floats:
    """The probability of log odds."""
    return np.asarray(1 / (1 + np.exp(-score)), np.float32)
