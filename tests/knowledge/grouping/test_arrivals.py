"""The measure that grouping is judged by is itself worth a test."""

import numpy as np
import pytest

from benchmarks.arrivals import Arrivals, average_linkage, by_text, draw, halves

ARRIVALS = Arrivals(("a1", "a2", "b1", "b1"), ("a", "a", "b", "b"))
GROUPS = {str(number): [f"{number} {text}" for text in range(3)] for number in range(20)}


def test_right_groups_have_full_scores() -> None:
    assert ARRIVALS.scores([5, 5, 7, 7]) == (1.0, 1.0, 1.0, 0.0)


def test_one_group_of_all_is_complete_and_imprecise() -> None:
    assert ARRIVALS.scores([0, 0, 0, 0]) == pytest.approx((2 / 6, 1.0, 4 / 8, 1 / 2))


def test_groups_of_one_find_nothing() -> None:
    assert ARRIVALS.scores([0, 1, 2, 3]) == (0.0, 0.0, 0.0, 0.0)


def test_same_text_is_one_group() -> None:
    assert by_text(ARRIVALS) == [0, 1, 2, 2]


def test_average_linkage_asks_the_whole_group() -> None:
    likeness = np.array([[1, 0.9, 0.9], [0.9, 1, 0.1], [0.9, 0.1, 1]])
    assert average_linkage(likeness, 0.4) == [0, 0, 0]
    assert average_linkage(likeness, 0.6) == [0, 0, 1]


def test_a_draw_is_the_same_each_time_and_whole() -> None:
    drawn = draw(GROUPS, 5, seed=1)
    assert drawn == draw(GROUPS, 5, seed=1) != draw(GROUPS, 5, seed=2)
    assert sorted(map(drawn.groups.count, set(drawn.groups))) == [3] * 5


def test_halves_share_no_group() -> None:
    fitted_on, judged_by = halves(GROUPS)
    assert fitted_on
    assert judged_by
    assert {**fitted_on, **judged_by} == GROUPS
    assert not set(fitted_on) & set(judged_by)
