"""The whole repair, step after step, over a small vocabulary."""

from collections import Counter

import pytest

from knowledge.text.repair import Repaired, TextRepair

WORDS = Counter(
    {
        "집적단지": 50,
        "예산": 40,
        "광주": 60,
        "인공지능": 60,
        "ai": 90,
        "gist": 8,
        "parc": 8,
        "어디": 9,
        "전남대": 7,
        "투자": 9,
    }
)


@pytest.fixture(scope="module")
def repair() -> TextRepair:
    return TextRepair(WORDS, None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wlqwjrekswl djelsrkdy", "집적단지 어딘가요"),
        ("dPtks djfak", "예산 얼마"),
        ("먀 가 뭐죠", "ai 가 뭐죠"),
        ("ㅈㅈㄷㅈ은 어디", "집적단지는 어디"),
        ("예ㅅㅏㄴ이 얼마", "예산이 얼마"),
        ("투자ㅎㅐㅆ나요", "투자했나요"),
    ],
)
def test_slips_are_repaired_and_shown(repair: TextRepair, typed: str, meant: str) -> None:
    assert repair.repair(typed) == Repaired(meant, meant)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("집적단지 어디 ㅋㅋㅋ", "집적단지 어디"),
        ("예산은?? 🎯", "예산은?"),
        ("GIST 는 ㄹㅇ 어디ㅠㅠ", "GIST 는 어디"),
        ("What is the AI cluster?", "What is the AI cluster?"),
        ("", ""),
    ],
)
def test_cleaning_is_not_shown(repair: TextRepair, typed: str, read: str) -> None:
    assert repair.repair(typed) == Repaired(read)
