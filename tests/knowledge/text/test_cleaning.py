"""Cleaning: one readable form for every character, and nothing that asks nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.cleaning import LONGEST, clean, letters_of


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("예산은  얼마\n인가요", "예산은 얼마 인가요"),
        ("ＡＩ　단지？", "AI 단지?"),
        ("①번 46만㎡ ㈜인코어드", "1번 46만m2 (주)인코어드"),
        ("ﾡﾢ ᄀ", "ㄱㄲ ㄱ"),
        ("집\u200b적\u202e단\ufe0f지", "집적단지"),
        ("단지 👨‍👩‍👧 어디 🇰🇷", "단지 어디"),
        ("뭐예요??!! ~~", "뭐예요?"),
        ("그게 뭔데욬ㅋㅋㅋ", "그게 뭔데요"),
        ("ㅎㅎ 언제ㅠㅠ", "언제"),
        ("예에에에에", "예에"),
        ("음... 그게...", "음 그게"),
        ("1000000원", "1000000원"),
        ("“광주” – ‘AI’", "\"광주\" - 'AI'"),
        ("R&D", "R&D"),
        ("헬스ㅋㅔ어 ㅎㅡ지", "헬스ㅋㅔ어 ㅎㅡ지"),
        ("\ud800광주", "광주"),
    ],
)
def test_text_is_cleaned(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


def test_long_story_keeps_head_and_question() -> None:
    story = "안녕하세요 북구 주민입니다. " + "긴 이야기가 이어집니다. " * 300 + "그래서 예산이 얼마인가요?"
    cleaned = clean(story)
    assert len(cleaned) <= LONGEST
    assert cleaned.startswith("안녕하세요 북구")
    assert cleaned.endswith("예산이 얼마인가요?")


@given(st.text())
def test_cleaning_never_raises_and_is_bounded(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= LONGEST
    assert cleaned == " ".join(cleaned.split())


@given(st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣"))))
def test_decomposed_text_reads_the_same(text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)) == clean(text)


@given(st.text(st.sampled_from("가나다 ㅋㅎㅠ.,?!~aB1 "), max_size=60))
def test_cleaned_text_stays(text: str) -> None:
    once = clean(text)
    assert clean(clean(once)) == clean(once)


@pytest.mark.parametrize(
    ("one", "other"), [("예산 얼마?", "예산얼마"), ("AI  Hub", "ai hub!"), ("\u1100\u1161", "가"), ("a-b", "A B")]
)
def test_spelling_does_not_make_another_question(one: str, other: str) -> None:
    assert letters_of(one) == letters_of(other)
