"""Pauses grow while failures follow each other, and are short again after a calm time."""

import time

import pytest

from bot.matcher_process.child import Pauses


def test_pauses_grow_up_to_the_last() -> None:
    pauses = Pauses((0.0, 1.0, 5.0))
    assert [pauses.next() for _ in range(5)] == [0.0, 1.0, 5.0, 5.0, 5.0]


def test_failure_after_a_calm_time_is_the_first_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    pauses = Pauses((0.0, 1.0, 5.0))
    assert [pauses.next(), pauses.next()] == [0.0, 1.0]
    now += 1 + 59
    assert pauses.next() == 5.0
    now += 5 + 61
    assert pauses.next() == 0.0
