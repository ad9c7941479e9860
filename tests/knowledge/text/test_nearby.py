"""Words a slip or two away, and how likely the slip is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.nearby import NearbyWords
from knowledge.text.slip_cost import slip_cost

NEARBY = NearbyWords(["예산", "목표", "집적단지", "데이터센터", "완공"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("예샨", {"예산"}),
        ("집적딴지", {"집적단지"}),
        ("데이타센타", {"데이터센터"}),
        ("왼공", {"완공"}),
        ("묙표", {"목표"}),
        ("주차", set()),
        ("집중력", set()),
        ("예" * 20, set()),
    ],
)
def test_near_words_are_found(typed: str, meant: set[str]) -> None:
    assert set(NEARBY.near(typed)) == meant


def test_look_alikes_cost_least() -> None:
    assert slip_cost("예샨", "예산") < slip_cost("예날", "예산")
    assert slip_cost("에산", "예산") < 1
    assert slip_cost("위언회", "위원회") < 1
    assert slip_cost("예산", "예산") == 0


def test_letters_that_changed_places_are_one_slip() -> None:
    assert slip_cost("바", "ㅏㅂ") == 1


@given(st.text("가나예산샨단지ㅏㄱ", max_size=6), st.text("가나예산샨단지ㅏㄱ", max_size=6))
def test_cost_goes_both_ways(one: str, other: str) -> None:
    assert slip_cost(one, other) == slip_cost(other, one)
