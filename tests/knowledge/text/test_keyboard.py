"""Words typed on the wrong keyboard layout."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.hangul import keystrokes
from knowledge.text.keyboard import Keyboard, to_hangul, to_latin
from knowledge.text.words import word_frequencies

HANGUL = Counter({"집적단지": 50, "예산": 40, "광주": 60, "어디": 30, "뭐": 40})
WORDS = HANGUL + Counter({"ai": 90, "gist": 8, "parc": 8, "google": 5, "data": 3})


@pytest.fixture(scope="module")
def keyboard() -> Keyboard:
    return Keyboard(WORDS, word_frequencies())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wlqwjrekswl djeldPdy", "집적단지 어디예요"),
        ("Wlqwjrekswl djeldPdy", "집적단지 어디예요"),
        ("WLQWJREKSWL DJELDP", "집적단지 어디에"),
        ("광주 dPtksdl 얼마", "광주 예산이 얼마"),
        ("dho aifmf gksmsrjdi", "왜 ai를 하는거야"),
        ("rhkdwn 3eo tksdjq", "광주 3대 산업"),
        ("집적단지가 anj", "집적단지가 뭐"),
        ("AI dPtks djfak", "AI 예산 얼마"),
        ("먀 가 뭐죠", "ai 가 뭐죠"),
        ("햔ㅅ은 어디", "gist은 어디"),
        ("ㅔㅁㄱㅊ 어디", "parc 어디"),
        ("해ㅐ힏", "google"),
        ("ㅇㅁㅅㅁ", "data"),
    ],
)
def test_slips_are_undone(keyboard: Keyboard, typed: str, meant: str) -> None:
    assert keyboard.repair(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "What is the AI cluster?",
        "how many enrgy companys r there",
        "WHERE IS THE CLUSTER",
        "who do you go to",
        "GIST PARC QSP SW IT R&D",
        "sns 계정 있나요",
        "ev 충전소 어디",
        "admin@dkssud.com 으로 보내요",
        "해가 뜨나요",
        "새 건물은 내 집 앞",
        "ㅇㅅ ㅈㅈㄷㅈ",
        "",
    ],
)
def test_meant_text_is_left_alone(keyboard: Keyboard, typed: str) -> None:
    assert keyboard.repair(typed) == typed


@given(st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣"))))
def test_layouts_are_inverse(text: str) -> None:
    assert to_latin(text) == to_latin(keystrokes(text))
    assert to_hangul(to_latin("집적단지")) == "집적단지"


@given(st.text(st.sampled_from("abdghjkostwlqrRTEP ㅁㅣ먀가1")))
def test_never_raises(keyboard: Keyboard, text: str) -> None:
    keyboard.repair(text)
