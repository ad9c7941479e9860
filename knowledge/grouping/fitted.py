"""The numbers fitted to questions in shared frames and to ways to ask of entries, kept as a file beside the code."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.grouping.errors import GroupingNumbersError
from knowledge.grouping.pair_features import LEXICAL, SEMANTIC
from knowledge.matching.fitted import TreeModel, logit
from knowledge.matching.term_index import Floats, Ints

FITTED_FILE = Path(__file__).with_name("fitted.json")
COMMAND = "python -m benchmarks.grouping --fit"
_BEST_SHARE = np.float32(0.25)
"""How much a group's most alike text counts beside the mean of all."""


@dataclass(frozen=True, slots=True)
class PairModel:
    """Weighs the features of pairs of questions.

    `enough` is how alike (a logit) a question must be to a group to join it. `slope` and `offset` turn that likeness
    into the logit of the probability that the nearest group asks the same.
    """

    trees: TreeModel
    enough: float
    slope: float
    offset: float

    def by_group(self, features: Floats, sizes: Ints) -> Floats:
        """How alike a question is to each group: the mean of its texts' logits, drawn towards the greatest.

        `features` are those of the first group's texts, then those of the second's, and so on; no size is 0.
        """
        if not len(sizes):
            return np.zeros(0, np.float32)
        logits = logit(self.trees.probabilities(features))
        starts = np.cumsum(sizes) - sizes
        means = np.add.reduceat(logits, starts) / sizes
        return np.asarray((1 - _BEST_SHARE) * means + _BEST_SHARE * np.maximum.reduceat(logits, starts), np.float32)

    def likeness(self, alike: float) -> float:
        """The probability (0..1) of a question that is so much alike to a group to ask the same."""
        return (1 + math.tanh((self.slope * alike + self.offset) / 2)) / 2  # the logistic function, at any number


@dataclass(frozen=True, slots=True)
class GroupingNumbers:
    """One model for words, letters and meaning, and a more careful one for words and letters alone.

    `centre` is what words mean on average: what is left over of two questions is compared without it.
    """

    semantic: PairModel
    lexical: PairModel
    centre: Floats
    made_from: Mapping[str, Any]


def save_fitted(numbers: GroupingNumbers, file: Path = FITTED_FILE) -> None:
    """Writes the numbers, and from what they were made, as JSON."""
    data = {
        "made_by": COMMAND,
        "made_from": dict(numbers.made_from),
        "features": [*LEXICAL, *SEMANTIC],
        "centre": [round(float(value), 5) for value in numbers.centre],
        "lexical": _model_data(numbers.lexical),
        "semantic": _model_data(numbers.semantic),
    }
    file.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")


@cache
def load_fitted(file: Path = FITTED_FILE) -> GroupingNumbers:
    """The numbers of the file. Raises GroupingNumbersError when they cannot be used by this version."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if tuple(data["features"]) != (*LEXICAL, *SEMANTIC):
            raise GroupingNumbersError(file, "it was made for other features")
        semantic, lexical = _model(data["semantic"]), _model(data["lexical"])
        return GroupingNumbers(semantic, lexical, np.array(data["centre"], np.float32), data["made_from"])
    except OSError as error:
        raise GroupingNumbersError(file, f"it cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise GroupingNumbersError(file, f"it is damaged ({error})") from None


_FIGURES = ("enough", "slope", "offset")


def _model_data(model: PairModel) -> dict[str, Any]:
    return {**{name: round(getattr(model, name), 5) for name in _FIGURES}, "trees": model.trees.to_data()}


def _model(data: dict[str, Any]) -> PairModel:
    return PairModel(TreeModel.from_data(data["trees"]), *(float(data[name]) for name in _FIGURES))
