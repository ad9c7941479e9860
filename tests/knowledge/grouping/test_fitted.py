import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.grouping.errors import GroupingNumbersError
from knowledge.grouping.fitted import FITTED_FILE, load_fitted, save_fitted
from knowledge.grouping.pair_features import LEXICAL


def _changed(folder: Path, **changes: Any) -> Path:
    file = folder / "fitted.json"
    file.write_text(json.dumps(json.loads(FITTED_FILE.read_text(encoding="utf-8")) | changes), encoding="utf-8")
    return file


def test_saved_numbers_are_read_again(tmp_path: Path) -> None:
    save_fitted(load_fitted(), tmp_path / "fitted.json")
    again, before = load_fitted(tmp_path / "fitted.json"), load_fitted()
    assert (again.semantic.enough, again.lexical.enough) == (before.semantic.enough, before.lexical.enough)
    assert np.array_equal(again.centre, before.centre)
    assert np.array_equal(again.semantic.trees.value, before.semantic.trees.value)


def test_likeness_grows_and_is_a_probability() -> None:
    likenesses = [load_fitted().semantic.likeness(alike) for alike in (-1e4, -1.0, 0.0, 1.0, 1e4)]
    assert likenesses == sorted(likenesses)
    assert likenesses[0] == pytest.approx(0)
    assert likenesses[-1] == pytest.approx(1)


def test_group_is_as_alike_as_its_texts_drawn_towards_the_likest() -> None:
    model = load_fitted().lexical
    features = np.zeros((3, len(LEXICAL)), np.float32)
    features[1] = 1
    one, other, _ = (model.by_group(features[[row]], np.array([1]))[0] for row in range(3))
    together = model.by_group(features, np.array([2, 1]))
    assert together.tolist() == pytest.approx([0.75 * (one + other) / 2 + 0.25 * max(one, other), one], abs=1e-4)


def test_no_group_is_alike() -> None:
    model = load_fitted().lexical
    assert model.by_group(np.zeros((0, len(LEXICAL)), np.float32), np.zeros(0, np.int64)).tolist() == []


def test_numbers_for_other_features_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GroupingNumbersError, match=r"other features.*benchmarks\.grouping --fit"):
        load_fitted(_changed(tmp_path, features=["shared"]))


def test_damaged_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GroupingNumbersError, match="damaged"):
        load_fitted(_changed(tmp_path, semantic={"enough": 1.0}))


def test_missing_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GroupingNumbersError, match="cannot be read"):
        load_fitted(tmp_path / "nothing.json")
