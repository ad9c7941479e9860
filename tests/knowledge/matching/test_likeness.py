"""The likest way to ask of each entry, as rapidfuzz compares strings, and equal texts."""

import numpy as np
import pytest
from rapidfuzz import fuzz

from knowledge.matching.analysis import letters_of
from knowledge.matching.likeness import Likeness, SameTexts, in_token_order

TEXTS = ["집적단지 예산", "예산 얼마", "집적단지 위치 어디", "위치"]


def test_token_order_is_alphabetical() -> None:
    assert in_token_order("위치 가 나") == "가 나 위치"


@pytest.mark.parametrize("asked", ["예산이 얼마예요?", "어디 위치", "", "뷁"])
def test_likest_of_each_run_is_that_of_rapidfuzz(asked: str) -> None:
    found = Likeness(TEXTS).likest(asked, np.array([0, 2]), np.array([2, 2]))
    ratios = [fuzz.token_sort_ratio(asked, text) / 100 for text in TEXTS]
    assert found.tolist() == pytest.approx([max(ratios[:2]), max(ratios[2:])], abs=1e-6)


def test_runs_may_stand_in_any_order() -> None:
    assert Likeness(TEXTS).likest("위치", np.array([3, 0]), np.array([1, 1]))[0] == 1


def test_no_runs_have_no_ratios() -> None:
    nothing = np.zeros(0, np.int64)
    assert Likeness(TEXTS).likest("위치", nothing, nothing).shape == (0,)


@pytest.mark.parametrize(
    ("asked", "rows"),
    [("집적단지예산?", [0, 4]), ("예산 얼마!", [1]), ("Ai", [5]), ("예산", []), ("", []), ("?!", [])],
)
def test_the_same_text_has_the_same_letters(asked: str, rows: list[int]) -> None:
    found = SameTexts(map(letters_of, [*TEXTS, "집적단지 예산.", "AI", "!", ""])).rows(asked)
    assert found.tolist() == rows
