import numpy as np
import pytest

from knowledge.grouping.linkage import linkage


def test_mean_is_drawn_towards_the_most_alike_text() -> None:
    alike = linkage(np.array([0, 4, 1], np.float32), np.array([2, 1]))
    assert alike.tolist() == pytest.approx([0.75 * 2 + 0.25 * 4, 1])


def test_there_may_be_no_groups() -> None:
    assert linkage(np.zeros(0, np.float32), np.zeros(0, np.int64)).tolist() == []
