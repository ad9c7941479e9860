"""The fitted numbers of the matcher: what they are, where they are kept, and from what they were made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import FittedModelError
from knowledge.matching.features import FEATURES
from knowledge.matching.lists import Floats
from knowledge.matching.tree_model import TreeModel

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


def logit(probability: Floats | np.float32) -> Floats:
    """The log odds of a probability, finite at 0 and 1."""
    bounded = np.clip(probability, _NEARLY, 1 - _NEARLY)
    return np.asarray(np.log(bounded / (1 - bounded)), np.float32)


def logistic(score: Floats | np.float32) -> Floats:
    """The probability of log odds."""
    return np.asarray(1 / (1 + np.exp(-score)), np.float32)


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
