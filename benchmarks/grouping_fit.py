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
from knowledge.grouping.linkage import linkage
from knowledge.matching.analysis import Analyzer
from knowledge.matching.term_index import Floats

_LOOKED_AT = 16
_LIMITS = np.arange(-1.5, 1.51, 0.25)
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
    numbers = replace(numbers, slope=slope, offset=offset)
    progress("searching for the limits")
    joining, merging = (_Test(analyzer, limited, merging=merging) for merging in (False, True))
    numbers = max((replace(numbers, enough=float(limit)) for limit in _LIMITS), key=joining.mean_f1)
    return max((replace(numbers, enough_to_merge=float(limit)) for limit in _LIMITS), key=merging.mean_f1)


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
        by_group = linkage(numbers.logits(each.features), each.sizes)
        best = int(by_group.argmax())
        means.append(float(by_group[best]))
        right.append(bool(each.right[best]))
    model = LogisticRegression(C=100.0).fit(np.array(means)[:, None], right)
    return float(model.intercept_[0]), float(model.coef_[0, 0])


@dataclass(frozen=True, slots=True)
class _Test:
    """Arrivals that limits are tried on."""

    analyzer: Analyzer
    arriving: Sequence[Arrivals]
    merging: bool = False

    def mean_f1(self, numbers: GroupingNumbers) -> float:
        """The mean over the arrivals."""
        grouping = QuestionGrouping(self.analyzer, numbers)
        made = [place_all(grouping, each, merging=self.merging) for each in self.arriving]
        return float(np.mean([each.scores(groups).f1 for each, groups in zip(self.arriving, made, strict=True)]))


def place_all(grouping: QuestionGrouping, arrivals: Arrivals, *, merging: bool = False) -> list[int]:
    """The number of the group that each text is put into as they arrive; merging those that are said to be one."""
    groups: list[list[int]] = []
    for number, text in enumerate(arrivals.texts):
        texts = [GroupTexts(tuple(arrivals.texts[member] for member in group)) for group in groups]
        placed = grouping.place(text, texts)
        if placed.group is None:
            groups.append([number])
            continue
        groups[placed.group].append(number)
        for other in placed.also if merging else ():
            groups[placed.group] += groups[other]
            groups[other] = []
    made = {member: number for number, group in enumerate(groups) for member in group}
    return [made[number] for number in range(len(arrivals.texts))]
