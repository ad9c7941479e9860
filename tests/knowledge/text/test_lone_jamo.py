"""Single letters among syllables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.lone_jamo import recompose, without_letters


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("스타ㅌㅡ업", "스타트업"),
        ("들어가ㄹ", "들어갈"),
        ("투자ㅎㅐㅆ나요", "투자했나요"),
        ("회ㅅㅏ", "회사"),
        ("ㅎㅗㅣ사", "회사"),
        ("호ㅣ사", "회사"),
        ("있나요ㅛ", "있나요"),
        ("업ㅅ나요", "없나요"),
        ("마ㄴㅎ은", "많은"),
        ("있ㅓ요", "있어요"),
        ("검진세ㄴ터도", "검진센터도"),
        ("있나요ㅠ", "있나요"),
        ("거ㄹㅇ이야", "거이야"),
        ("뭐ㅋ", "뭐"),
        ("했어요ㅇ", "했어요"),
        ("ㅈㅈㄷㅈ 어디", "ㅈㅈㄷㅈ 어디"),
        ("ㅠ 어디", " 어디"),
        ("집적단지", "집적단지"),
    ],
)
def test_letters_join_their_syllables(typed: str, meant: str) -> None:
    assert recompose(typed) == meant


def test_letters_can_be_dropped() -> None:
    assert without_letters("예ㅅㅏㄴ이 ㅇㅅ") == "예이 ㅇㅅ"


@given(st.text(st.sampled_from("가강집ㄱㄴㅏㅣㅗㄹㅎ ")))
def test_recomposed_text_stays(text: str) -> None:
    once = recompose(text)
    assert recompose(once) == once
