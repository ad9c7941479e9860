"""The fitted numbers, and the trees among them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.errors import FittedModelError
from knowledge.matching.features import FEATURES
from knowledge.matching.fitted import (
    FITTED_FILE,
    MOST_LEAVES,
    FittedNumbers,
    TreeModel,
    load_fitted,
    logistic,
    logit,
    save_fitted,
)
from knowledge.matching.fitting import as_trees

RANDOM = np.random.default_rng(0)
ROWS = RANDOM.normal(size=(400, 5)).astype(np.float32)
RIGHT = ROWS[:, 0] + ROWS[:, 1] * ROWS[:, 2] > 0


@pytest.fixture(scope="module")
def grown(one_core: None) -> list[Any]:  # noqa: ARG001
    """Two small models of scikit-learn, grown from different seeds."""
    grower = pytest.importorskip("sklearn.ensemble").HistGradientBoostingClassifier
    options = {"max_iter": 20, "max_leaf_nodes": 7, "max_features": 0.5}
    return [grower(random_state=seed, **options).fit(ROWS, RIGHT) for seed in (0, 1)]


@pytest.fixture
def stump() -> TreeModel:
    """One tree: feature 1 at most 0.5 or not."""
    return TreeModel(
        baseline=0.0,
        feature=np.array([[1, 0, 0]], np.int32),
        threshold=np.array([[0.5, 1e30, 1e30]], np.float32),
        left=np.array([[1, 1, 2]], np.int32),
        right=np.array([[2, 1, 2]], np.int32),
        value=np.array([[0.0, -2.0, 2.0]], np.float32),
        depth=1,
    )


def test_probabilities_are_those_of_scikit_learn(grown: list[Any]) -> None:
    unseen = RANDOM.normal(size=(200, 5)).astype(np.float32)
    expected = grown[0].predict_proba(unseen)[:, 1]
    np.testing.assert_allclose(as_trees(grown[:1]).probabilities(unseen), expected, atol=1e-4)


def test_several_models_count_by_the_mean_of_their_scores(grown: list[Any]) -> None:
    scores = np.mean([model.decision_function(ROWS) for model in grown], axis=0)
    np.testing.assert_allclose(as_trees(grown).probabilities(ROWS), 1 / (1 + np.exp(-scores)), atol=1e-4)


def test_model_survives_json(grown: list[Any]) -> None:
    trees = as_trees(grown)
    read = TreeModel.from_data(json.loads(json.dumps(trees.to_data())))
    np.testing.assert_allclose(read.probabilities(ROWS), trees.probabilities(ROWS), atol=1e-3)


def test_value_that_stands_on_a_threshold_stays_there(stump: TreeModel) -> None:
    third = np.float32(1 / 3)
    trees = replace(stump, threshold=np.array([[third, 1e30, 1e30]], np.float32))
    read = TreeModel.from_data(json.loads(json.dumps(trees.to_data())))
    assert read.probabilities(np.array([[0, third]], np.float32)) < 0.5


def test_value_at_the_threshold_goes_left(stump: TreeModel) -> None:
    low, high = stump.probabilities(np.array([[9, 0.5], [9, 0.6]], np.float32))
    assert low == pytest.approx(1 / (1 + np.exp(2)))
    assert low + high == pytest.approx(1)


def test_no_rows_have_no_probabilities(stump: TreeModel) -> None:
    assert stump.probabilities(np.zeros((0, 2), np.float32)).shape == (0,)


@pytest.mark.parametrize("broken", [{}, {"depth": None}, {"feature": "x"}, {"value": [[1, 2], [3]]}])
def test_damaged_data_is_refused(stump: TreeModel, broken: dict[str, Any]) -> None:
    data = {**stump.to_data(), **broken} if broken else {}
    with pytest.raises((KeyError, TypeError, ValueError)):
        TreeModel.from_data(data)


def _walked(trees: TreeModel, row: Any) -> float:
    """The score of a row, by walking down every tree."""
    score = trees.baseline
    for tree in range(len(trees.feature)):
        node = 0
        while trees.left[tree, node] != node:
            goes_left = row[trees.feature[tree, node]] <= trees.threshold[tree, node]
            node = (trees.left if goes_left else trees.right)[tree, node]
        score += trees.value[tree, node]
    return float(score)


def test_asking_all_nodes_at_once_reaches_the_leaf_that_walking_down_reaches() -> None:
    trees = load_fitted().trees
    rows = RANDOM.normal(size=(20, len(FEATURES))).astype(np.float32)
    rows[10:] = np.round(rows[10:], 1)
    scores = np.array([_walked(trees, row) for row in rows])
    np.testing.assert_allclose(trees.probabilities(rows), 1 / (1 + np.exp(-scores)), atol=1e-5)


@pytest.mark.parametrize(
    ("left", "right"),
    [([1, 1, 2], [9, 1, 2]), ([1, 1, 2], [-1, 1, 2]), ([1, 0, 2], [2, 2, 2])],
    ids=["child beyond", "child before", "circle"],
)
def test_nodes_that_make_no_tree_are_refused(stump: TreeModel, left: list[int], right: list[int]) -> None:
    with pytest.raises(ValueError, match="no tree"):
        TreeModel.from_data(stump.to_data() | {"left": [left], "right": [right]})


@pytest.mark.parametrize("leaves", [2, MOST_LEAVES, MOST_LEAVES + 1])
def test_tree_has_a_bounded_number_of_leaves(stump: TreeModel, leaves: int) -> None:
    size = 2 * leaves - 1
    is_inner = [node % 2 == 0 and node < size - 1 for node in range(size)]
    zeros = [[0] * size]
    data = stump.to_data() | {"feature": zeros, "threshold": zeros, "value": zeros}
    data |= {"left": [[node + inner for node, inner in enumerate(is_inner)]]}
    data |= {"right": [[node + 2 * inner for node, inner in enumerate(is_inner)]]}
    if leaves > MOST_LEAVES:
        with pytest.raises(ValueError, match="no tree"):
            TreeModel.from_data(data)
    else:
        assert TreeModel.from_data(data).probabilities(ROWS)[0] == 0.5


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
