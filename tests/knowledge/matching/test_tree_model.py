"""Trees as arrays give the probabilities of the library that grew them."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from knowledge.matching.features import FEATURES as FEATURE_NAMES
from knowledge.matching.fitted import load_fitted
from knowledge.matching.fitting import as_trees
from knowledge.matching.tree_model import MOST_LEAVES, TreeModel

RANDOM = np.random.default_rng(0)
FEATURES = RANDOM.normal(size=(400, 5)).astype(np.float32)
RIGHT = FEATURES[:, 0] + FEATURES[:, 1] * FEATURES[:, 2] > 0


@pytest.fixture(scope="module")
def grown(one_core: None) -> list[Any]:  # noqa: ARG001
    """Two small models of scikit-learn, grown from different seeds."""
    grower = pytest.importorskip("sklearn.ensemble").HistGradientBoostingClassifier
    options = {"max_iter": 20, "max_leaf_nodes": 7, "max_features": 0.5}
    return [grower(random_state=seed, **options).fit(FEATURES, RIGHT) for seed in (0, 1)]


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
    scores = np.mean([model.decision_function(FEATURES) for model in grown], axis=0)
    np.testing.assert_allclose(as_trees(grown).probabilities(FEATURES), 1 / (1 + np.exp(-scores)), atol=1e-4)


def test_model_survives_json(grown: list[Any]) -> None:
    trees = as_trees(grown)
    read = TreeModel.from_data(json.loads(json.dumps(trees.to_data())))
    np.testing.assert_allclose(read.probabilities(FEATURES), trees.probabilities(FEATURES), atol=1e-3)


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
    rows = RANDOM.normal(size=(20, len(FEATURE_NAMES))).astype(np.float32)
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
        assert TreeModel.from_data(data).probabilities(FEATURES)[0] == 0.5
