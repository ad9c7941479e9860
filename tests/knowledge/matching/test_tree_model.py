"""Trees as arrays give the probabilities of the library that grew them."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from knowledge.matching.fitting import _as_trees
from knowledge.matching.tree_model import TreeModel

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
    np.testing.assert_allclose(_as_trees(grown[:1]).probabilities(unseen), expected, atol=1e-4)


def test_several_models_count_by_the_mean_of_their_scores(grown: list[Any]) -> None:
    scores = np.mean([model.decision_function(FEATURES) for model in grown], axis=0)
    np.testing.assert_allclose(_as_trees(grown).probabilities(FEATURES), 1 / (1 + np.exp(-scores)), atol=1e-4)


def test_model_survives_json(grown: list[Any]) -> None:
    trees = _as_trees(grown)
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
