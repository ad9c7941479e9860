import numpy as np

from knowledge.grouping.terms import Terms

TERMS = Terms.of([np.array([0, 2]), np.array([], np.int64), np.array([2]), np.array([], np.int64)])
VALUES = np.array([1, 10, 5], np.float32)


def test_sums_are_by_text() -> None:
    assert TERMS.sums(VALUES).tolist() == [6, 0, 5, 0]


def test_largest_is_by_text() -> None:
    assert TERMS.largest(VALUES).tolist() == [5, 0, 5, 0]


def test_no_texts_have_no_sums() -> None:
    assert Terms.of([]).sums(VALUES).tolist() == []
    assert Terms.of([]).largest(VALUES).tolist() == []
