"""Everyday misspellings, words a slip or two away, and how likely the slip is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.spelling import NearbyWords, respell, slip_cost


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("어떻게 됬나요", "어떻게 됐나요"),
        ("한다고 햇죠", "한다고 했죠"),
        ("시설 잇나요", "시설 있나요"),
        ("머에요", "뭐에요"),
        ("머머 있는지", "뭐뭐 있는지"),
        ("무슨 회사임니까", "무슨 회사입니까"),
        ("알려주새요", "알려주세요"),
        ("참여 하나여", "참여 하나요"),
        ("얼마애요?", "얼마예요?"),
        ("조은점이 먼가요", "좋은점이 뭔가요"),
        ("기업 몇게에요", "기업 몇 개에요"),
    ],
)
def test_slips_are_respelled(typed: str, meant: str) -> None:
    assert respell(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "도시를 잇는 길",
        "머지않아 완공",
        "참여 대여 기여",
        "이용 비용 적용",
        "먼지가 나요",
        "가입니다",
    ],
)
def test_right_words_stay(text: str) -> None:
    assert respell(text) == text


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
