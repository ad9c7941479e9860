"""Everyday misspellings."""

import pytest

from knowledge.text.everyday import respell


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
