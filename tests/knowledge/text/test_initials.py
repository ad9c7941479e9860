"""Words written with their initial consonants."""

import pytest

from knowledge.text.chatter import without_chat
from knowledge.text.initials import Initials

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
