"""Lists of numbered items, turned round and looked up."""

import numpy as np
import pytest

from knowledge.matching.lists import Lists

LISTS = Lists(
    ends=np.array([0, 2, 2, 5]),
    items=np.array([3, 0, 0, 1, 3], np.int32),
    weights=np.array([1, 2, 3, 4, 5], np.float32),
)


def test_lists_are_counted_and_measured() -> None:
    assert len(LISTS) == 3
    assert LISTS.sizes.tolist() == [2, 0, 3]


def test_chosen_lists_stand_one_after_another() -> None:
    items, weights, sizes = LISTS.chosen(np.array([2, 1, 0]))
    assert items.tolist() == [0, 1, 3, 3, 0]
    assert weights.tolist() == [3, 4, 5, 1, 2]
    assert sizes.tolist() == [3, 0, 2]


def test_turned_round_each_item_has_the_lists_that_hold_it() -> None:
    turned = LISTS.by_item(5)
    assert len(turned) == 5
    items, weights, sizes = turned.chosen(np.arange(5))
    assert items.tolist() == [0, 2, 2, 0, 2]
    assert weights.tolist() == [2, 3, 4, 1, 5]
    assert sizes.tolist() == [2, 1, 0, 2, 0]


def test_table_shows_the_weights_of_the_items_asked_for() -> None:
    table = LISTS.table(np.array([0, 1, 2]), np.array([0, 2, 3]))
    assert table.tolist() == [[2, 0, 1], [0, 0, 0], [3, 0, 5]]


@pytest.mark.parametrize(("numbers", "items"), [([], [0, 1]), ([0], []), ([], [])])
def test_table_of_nothing_is_empty(numbers: list[int], items: list[int]) -> None:
    table = LISTS.table(np.array(numbers, np.int64), np.array(items, np.int64))
    assert table.shape == (len(numbers), len(items))
