"""The numbers fitted to groups of paraphrases, kept as a file beside the code."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.grouping.errors import GroupingNumbersError
from knowledge.grouping.evidence import FEATURES
from knowledge.matching.term_index import Floats

FITTED_FILE = Path(__file__).with_name("fitted.json")
COMMAND = "python -m benchmarks.grouping --fit"


@dataclass(frozen=True, slots=True)
class GroupingNumbers:
    """How evidence is weighed, and how alike a question must be to a group.

    `constant` and `weights` give the logit that two questions ask the same; `linkage` makes of those of a group's texts
    how alike the question is to the group. `enough` is the least of it with which a question joins a group, and
    `enough_to_merge` the least mean of it over the texts of one group with which another group is said to be the same.
    `slope` and `offset` turn it into the logit of a probability.
    """

    constant: float
    weights: Floats
    enough: float
    enough_to_merge: float
    slope: float
    offset: float
    made_from: Mapping[str, Any]

    def logits(self, features: Floats) -> Floats:
        """The logit for each row of features."""
        return np.asarray(self.constant + features @ self.weights, np.float32)

    def likeness(self, alike: float) -> float:
        """The probability (0..1) of a question that is so much alike to a group to ask the same."""
        return (1 + math.tanh((self.slope * alike + self.offset) / 2)) / 2  # the logistic function, at any number


def save_fitted(numbers: GroupingNumbers, file: Path = FITTED_FILE) -> None:
    """Writes the numbers, and from what they were made, as JSON."""
    weights = {name: round(float(weight), 5) for name, weight in zip(FEATURES, numbers.weights, strict=True)}
    figures = {name: round(getattr(numbers, name), 5) for name in _FIGURES}
    data = {"made_by": COMMAND, "made_from": dict(numbers.made_from), **figures, "weights": weights}
    file.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@cache
def load_fitted(file: Path = FITTED_FILE) -> GroupingNumbers:
    """The numbers of the file. Raises GroupingNumbersError when they cannot be used by this version."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if tuple(data["weights"]) != FEATURES:
            raise GroupingNumbersError(file, "it was made for other features")
        figures = {name: float(data[name]) for name in _FIGURES}
        weights = np.array(list(data["weights"].values()), np.float32)
        return GroupingNumbers(weights=weights, made_from=data["made_from"], **figures)
    except OSError as error:
        raise GroupingNumbersError(file, f"it cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise GroupingNumbersError(file, f"it is damaged ({error})") from None


_FIGURES = ("constant", "enough", "enough_to_merge", "slope", "offset")
