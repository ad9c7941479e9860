"""Counts are plain numbers, and only known words can label them."""

from typing import Any, cast

import pytest

from bot.metrics import Histogram, Metrics
from knowledge.finding import Outcome


def test_measure_belongs_to_the_bound_that_is_not_below_it() -> None:
    histogram = Histogram((1.0, 2.0))
    for value in (0.5, 1.0, 1.5, 2.5):
        histogram.observe(value)
    assert (histogram.counts, histogram.total) == ([2, 1, 1], 5.5)


def test_clock_that_was_set_back_takes_nothing_away() -> None:
    histogram = Histogram((1.0,))
    histogram.observe(-5)
    assert (histogram.counts, histogram.total) == ([1, 0], 0)


def test_each_outcome_begins_at_zero() -> None:
    assert Metrics().replies == dict.fromkeys(Outcome, 0)


def test_nothing_but_an_outcome_is_counted_as_a_reply() -> None:
    with pytest.raises(KeyError):
        Metrics().count_reply(cast("Any", "홍길동"))


def test_each_process_counts_for_itself() -> None:
    first, second = Metrics(), Metrics()
    first.count_reply(Outcome.ANSWER)
    first.reply_seconds.observe(1)
    assert (second.replies[Outcome.ANSWER], sum(second.reply_seconds.counts)) == (0, 0)
