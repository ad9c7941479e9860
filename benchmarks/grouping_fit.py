"""Fits the numbers of grouping to groups of paraphrases, texts arriving one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.arrivals import Arrivals
from knowledge.grouping import GroupTexts, QuestionGrouping
from knowledge.grouping.evidence import FEATURES, gather
from knowledge.grouping.fitted import GroupingNumbers
from knowledge.matching.analysis import Analyzer
from knowledge.matching.term_index import Floats

_LOOKED_AT = 16
_LIMITS = np.arange(-1.5, 1.01, 0.25)
_STRENGTH = 0.3
"""Of the regularisation, as scikit-learn's C."""
NOTHING_FITTED = GroupingNumbers(0.0, np.zeros(len(FEATURES), np.float32), 0.0, 0.0, 1.0, 0.0, {})


def fit(
    analyzer: Analyzer, weighed: Sequence[Arrivals], limited: Sequence[Arrivals], progress: Callable[[str], None]
) -> GroupingNumbers:
    """Numbers whose weights come from the arrivals `weighed`, and whose limits from those `limited`."""
    progress("gathering evidence")
    compared = [each for arrivals in weighed for each in _rightly_grouped(analyzer, arrivals)]
    features = np.vstack([each.features for each in compared])
    same = np.concatenate([np.repeat(each.right, each.sizes) for each in compared])
    constant, weights = _logistic(features, same)
    numbers = replace(NOTHING_FITTED, constant=constant, weights=weights)
    progress("calibrating")
    held_back = [each for arrivals in limited for each in _rightly_grouped(analyzer, arrivals)]
    offset, slope = _calibration(numbers, held_back)
    progress("searching for the limit")
    numbers = replace(numbers, slope=slope, offset=offset)
    return replace(numbers, enough=_best_limit(analyzer, numbers, limited))


@dataclass(frozen=True, slots=True)
class _Compared:
    """A question beside the nearest groups: features by text, sizes of the groups, and whether each is its own."""

    features: Floats
    sizes: NDArray[np.int64]
    right: NDArray[np.bool_]


def _rightly_grouped(analyzer: Analyzer, arrivals: Arrivals) -> Iterator[_Compared]:
    """Each question beside the groups of those before it, as they ought to be."""
    grouping = QuestionGrouping(analyzer, NOTHING_FITTED)
    groups: dict[str, list[str]] = {}
    for text, name in zip(arrivals.texts, arrivals.groups, strict=True):
        names = list(groups)
        context = grouping.context(text, [GroupTexts(tuple(texts)) for texts in groups.values()])
        nearest = context.nearest(_LOOKED_AT)
        if nearest:
            members = [member for place in nearest for member in context.groups[place].texts]
            sizes = np.array([len(context.groups[place].texts) for place in nearest])
            right = np.array([names[place] == name for place in nearest])
            yield _Compared(gather(context, members), sizes, right)
        groups.setdefault(name, []).append(text)


def _logistic(features: NDArray[Any], labels: NDArray[np.bool_]) -> tuple[float, Floats]:
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000).fit(scaler.transform(features), labels)
    weights = model.coef_[0] / scaler.scale_
    return float(model.intercept_[0] - weights @ scaler.mean_), weights.astype(np.float32)


def _calibration(numbers: GroupingNumbers, compared: Sequence[_Compared]) -> tuple[float, float]:
    """Offset and slope that turn the nearest group's mean logit into that of the probability that it is right."""
    means, right = [], []
    for each in compared:
        by_group = np.add.reduceat(numbers.logits(each.features), np.cumsum(each.sizes) - each.sizes) / each.sizes
        best = int(by_group.argmax())
        means.append(float(by_group[best]))
        right.append(bool(each.right[best]))
    model = LogisticRegression(C=100.0).fit(np.array(means)[:, None], right)
    return float(model.intercept_[0]), float(model.coef_[0, 0])


def _best_limit(analyzer: Analyzer, numbers: GroupingNumbers, arriving: Sequence[Arrivals]) -> float:
    """The limit with the greatest mean F1."""
    means = []
    for limit in _LIMITS:
        grouping = QuestionGrouping(analyzer, replace(numbers, enough=float(limit)))
        means.append(np.mean([each.scores(place_all(grouping, each)).f1 for each in arriving]))
    return float(_LIMITS[int(np.argmax(means))])


def place_all(grouping: QuestionGrouping, arrivals: Arrivals) -> list[int]:
    """The number of the group that each text is put into, in the order in which they arrive."""
    groups: list[list[str]] = []
    made = []
    for text in arrivals.texts:
        placed = grouping.place(text, [GroupTexts(tuple(texts)) for texts in groups]).group
        if placed is None:
            groups.append([])
            placed = len(groups) - 1
        groups[placed].append(text)
        made.append(placed)
    return made
