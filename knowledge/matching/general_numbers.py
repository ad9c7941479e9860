"""The fitted numbers that hold on any knowledge base: what they are, and where they are kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from knowledge.errors import FittedModelError
from knowledge.matching.comparison import PAIR_FEATURES
from knowledge.matching.fitted import logistic, logit
from knowledge.matching.general_evidence import GENERAL_FEATURES
from knowledge.matching.lists import Floats
from knowledge.matching.tree_model import TreeModel

GENERAL_FILE = Path(__file__).with_name("general.npz")
MOST_ELSEWHERE = 0.25
"""What is asked of another municipality, year or person is never answered, at most suggested."""
CAUTION = 0.6
"""What the accepted share of wrong answers is multiplied by on a base that nobody practised on.

So that at most 5 % of what nothing answers was answered on the training bases, each left out of the fit.
"""
_ARRAYS = ("feature", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True)
class GeneralNumbers:
    """What `python main.py fit` makes of the bases in `knowledge/training`.

    `pairs` say whether a question and a way to ask mean the same, `entries` whether an entry answers the question;
    `calibration` (slope, offset) and `wrong_shares` are as in FittedNumbers.
    """

    pairs: TreeModel
    entries: TreeModel
    calibration: tuple[float, float]
    wrong_shares: tuple[tuple[float, float], ...]
    made_from: Mapping[str, Any]

    def same(self, pairs: Floats) -> Floats:
        """The logit that the two of each pair ask the same."""
        return logit(self.pairs.probabilities(pairs))

    def confidences(self, features: Floats) -> Floats:
        """The calibrated probability of each entry, by the features that its evidence has with `same`."""
        slope, offset = self.calibration
        return logistic(slope * logit(self.entries.probabilities(features)) + offset)

    def least_confidence(self, wrong_answers: float) -> float:
        """The least confidence with which to answer, so that at most that share of the answers is wrong.

        See CAUTION for a base that nobody practised on.
        """
        return min((confidence for confidence, share in self.wrong_shares if share <= wrong_answers), default=1.0)


def save_general(with_vectors: GeneralNumbers, without: GeneralNumbers, file: Path = GENERAL_FILE) -> None:
    """Writes the numbers for use with an embedder and without one."""
    arrays: dict[str, Any] = {}
    meta: dict[str, Any] = {"pair_features": PAIR_FEATURES, "features": GENERAL_FEATURES}
    for name, numbers in (("with", with_vectors), ("without", without)):
        meta[name] = {
            "calibration": numbers.calibration,
            "wrong_shares": numbers.wrong_shares,
            "made_from": dict(numbers.made_from),
        }
        for part, trees in (("pairs", numbers.pairs), ("entries", numbers.entries)):
            meta[name][part] = {"baseline": trees.baseline, "depth": trees.depth}
            arrays |= {f"{name}-{part}-{array}": getattr(trees, array) for array in _ARRAYS}
    arrays["meta"] = np.frombuffer(json.dumps(meta).encode(), np.uint8)
    np.savez_compressed(file, **arrays)


@cache
def load_general(file: Path = GENERAL_FILE, *, vectors: bool) -> GeneralNumbers:
    """The numbers of the file, with an embedder or without. Raises FittedModelError when they cannot be used."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            meta = json.loads(arrays["meta"].tobytes())
            if tuple(meta["features"]) != GENERAL_FEATURES or tuple(meta["pair_features"]) != PAIR_FEATURES:
                raise FittedModelError(file, "it was made for other features")
            name = "with" if vectors else "without"
            own = meta[name]
            pairs, entries = (
                TreeModel.from_data(own[part] | {array: arrays[f"{name}-{part}-{array}"] for array in _ARRAYS})
                for part in ("pairs", "entries")
            )
            shares = tuple((confidence, share) for confidence, share in own["wrong_shares"])
            return GeneralNumbers(pairs, entries, tuple(own["calibration"]), shares, own["made_from"])
    except OSError as error:
        raise FittedModelError(file, f"it cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise FittedModelError(file, f"it is damaged ({error})") from None
