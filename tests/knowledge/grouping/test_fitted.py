import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.grouping.errors import GroupingNumbersError
from knowledge.grouping.fitted import FITTED_FILE, load_fitted, save_fitted


def _changed(folder: Path, **changes: Any) -> Path:
    file = folder / "fitted.json"
    file.write_text(json.dumps(json.loads(FITTED_FILE.read_text(encoding="utf-8")) | changes), encoding="utf-8")
    return file


def test_saved_numbers_are_read_again(tmp_path: Path) -> None:
    save_fitted(load_fitted(), tmp_path / "fitted.json")
    again = load_fitted(tmp_path / "fitted.json")
    assert again.enough == load_fitted().enough
    assert np.array_equal(again.weights, load_fitted().weights)


def test_likeness_grows_and_is_a_probability() -> None:
    likenesses = [load_fitted().likeness(alike) for alike in (-1e4, -1.0, 0.0, 1.0, 1e4)]
    assert likenesses == sorted(likenesses)
    assert (likenesses[0], likenesses[-1]) == (0.0, 1.0)


def test_numbers_for_other_features_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GroupingNumbersError, match=r"other features.*benchmarks\.grouping --fit"):
        load_fitted(_changed(tmp_path, weights={"word-cosine": 1.0}))


def test_damaged_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GroupingNumbersError, match="damaged"):
        load_fitted(_changed(tmp_path, enough=None))


def test_missing_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GroupingNumbersError, match="cannot be read"):
        load_fitted(tmp_path / "nothing.json")
