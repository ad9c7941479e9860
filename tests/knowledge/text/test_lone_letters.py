"""Single letters among syllables, and initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.lone_letters import Initials, recompose, without_chat, without_letters


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


INITIALS = Initials(
    {"집적단지": 50, "전남대": 7, "예산": 40, "연수": 5, "기술": 9, "구성": 8, "광주시": 20, "ai": 9, "x한": 3}, None
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ㅈㅈㄷㅈ 어디", "집적단지 어디"),
        ("ㅈㅈㄷㅈ은 ㅇㅅ", "집적단지는 예산"),
        ("ㅈㄴㄷ는 뭐", "전남대는 뭐"),
        ("ㅈㅈㄷㅈ어디", "집적단지 어디"),
        ("ㄱㅅ", "ㄱㅅ"),
        ("ㅇㅅ어디", "ㅇㅅ어디"),
        ("ㄱㅎ ㅋㅋㅌㅌ", "ㄱㅎ ㅋㅋㅌㅌ"),
        ("있ㅈㅈㄷㅈ", "있ㅈㅈㄷㅈ"),
    ],
)
def test_initials_are_spelled_out(typed: str, meant: str) -> None:
    assert INITIALS.spell_out(typed) == meant


@pytest.mark.parametrize(
    ("typed", "left"),
    [("ㅇㅇ 알려줘 ㄱㄱ", "알려줘"), ("ㄹㅇ? ㅇㅈ", "?"), ("ㅈㅈㄷㅈ", "ㅈㅈㄷㅈ"), ("ㄳ", "")],
)
def test_chat_is_dropped(typed: str, left: str) -> None:
    assert without_chat(typed).strip() == left
