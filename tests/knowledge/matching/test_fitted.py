"""The fitted numbers: read whole or not at all, and what follows from them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.errors import FittedModelError
from knowledge.matching.features import FEATURES
from knowledge.matching.fitted import FITTED_FILE, FittedNumbers, load_fitted, logistic, logit, save_fitted


@pytest.fixture(scope="module")
def numbers() -> FittedNumbers:
    """The numbers that the assistant uses."""
    return load_fitted()


def _damaged(folder: Path, **changes: Any) -> Path:
    """A copy of the fitted numbers with other values; None takes one out."""
    data = json.loads(FITTED_FILE.read_text(encoding="utf-8")) | changes
    file = folder / "fitted.json"
    file.write_text(json.dumps({key: value for key, value in data.items() if value is not None}), encoding="utf-8")
    return file


def test_file_is_for_the_features_of_today(numbers: FittedNumbers) -> None:
    assert numbers.trees.feature.max() < len(FEATURES)


def test_file_says_from_what_it_was_made(numbers: FittedNumbers) -> None:
    assert len(numbers.made_from["authors"]) > 1
    assert numbers.made_from["questions"] > 1000
    assert numbers.made_from["entries"] > 100


def test_missing_file_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(FittedModelError, match=r"none\.json: it cannot be read: .*; make it anew with: python main"):
        load_fitted(tmp_path / "none.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", "{}", '{"features": 3}', "\ud800"])
def test_damaged_file_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "fitted.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(FittedModelError, match="it is damaged"):
        load_fitted(file)


@pytest.mark.parametrize("part", ["trees", "calibration", "refusal", "wrong_shares", "followup_offset", "made_from"])
def test_missing_part_is_told(tmp_path: Path, part: str) -> None:
    with pytest.raises(FittedModelError, match=f"it is damaged .*{part}"):
        load_fitted(_damaged(tmp_path, **{part: None}))


def test_numbers_for_other_features_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FittedModelError, match="it was made for other features"):
        load_fitted(_damaged(tmp_path, features=[*FEATURES, "more"]))


def test_numbers_survive_the_file(tmp_path: Path, numbers: FittedNumbers) -> None:
    file = tmp_path / "fitted.json"
    save_fitted(numbers, file)
    read = load_fitted(file)
    features = np.zeros((3, len(FEATURES)), np.float32)
    np.testing.assert_array_equal(read.confidences(features), numbers.confidences(features))
    assert (read.wrong_shares, read.made_from) == (numbers.wrong_shares, numbers.made_from)


def test_fewer_wrong_answers_need_more_confidence(numbers: FittedNumbers) -> None:
    least = [numbers.least_confidence(share) for share in np.linspace(0.001, 0.999, 200)]
    assert least == sorted(least, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in least)


def test_least_confidence_keeps_the_share(numbers: FittedNumbers) -> None:
    curve = replace(numbers, wrong_shares=((0.9, 0.01), (0.6, 0.05), (0.3, 0.2)))
    assert [curve.least_confidence(share) for share in (0.01, 0.049, 0.05, 0.5)] == [0.9, 0.9, 0.6, 0.3]


def test_without_any_wrong_answer_only_certainty_is_enough(numbers: FittedNumbers) -> None:
    assert replace(numbers, wrong_shares=((0.9, 0.01),)).least_confidence(0.001) == 1


def test_the_surer_the_best_answer_the_less_likely_that_nothing_answers(numbers: FittedNumbers) -> None:
    chances = [numbers.nothing_answers(best, 0.0) for best in (0.0, 0.01, 0.2, 0.5, 0.9, 0.999, 1.0)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.5 > chances[-1]


def test_confidences_are_probabilities(numbers: FittedNumbers) -> None:
    features = np.random.default_rng(0).normal(scale=100, size=(50, len(FEATURES))).astype(np.float32)
    for followup in (False, True):
        confidences = numbers.confidences(features, followup=followup)
        assert ((confidences >= 0) & (confidences <= 1)).all()


def test_follow_ups_are_moved_by_their_offset(numbers: FittedNumbers) -> None:
    surer, features = replace(numbers, followup_offset=1.0), np.zeros((1, len(FEATURES)), np.float32)
    assert surer.confidences(features, followup=True) > surer.confidences(features)


@pytest.mark.parametrize("probability", [0.0, 0.2, 0.5, 1.0])
def test_logit_and_logistic_undo_each_other(probability: float) -> None:
    assert float(logistic(logit(np.float32(probability)))) == pytest.approx(probability, abs=1e-5)
