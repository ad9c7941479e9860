"""Syllables apart and together."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import hangul

SYLLABLES = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")))


@given(SYLLABLES)
def test_letters_typed_one_by_one_make_the_same_syllables(text: str) -> None:
    assert hangul.compose(hangul.keystrokes(text)) == text


@given(SYLLABLES)
def test_split_and_join_are_inverse(text: str) -> None:
    assert "".join(hangul.join(*hangul.split(char)) for char in text) == text


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("ㅎㅗㅣ", "회"),
        ("ㄷㅏㄹㄱㅇㅣ", "닭이"),
        ("ㄷㅏㄹㄱㅣ", "달기"),
        ("ㅏㄱㅏ", "ㅏ가"),
        ("ㄱㄴ", "ㄱㄴ"),
        ("", ""),
    ],
)
def test_letters_are_composed_as_typed(typed: str, made: str) -> None:
    assert hangul.compose(typed) == made


@pytest.mark.parametrize(("word", "closed"), [("단지", False), ("예산", True), ("AI", False), ("", False)])
def test_final_consonant_is_found(word: str, closed: bool) -> None:
    assert hangul.has_final(word) is closed


def test_initials_of_a_word() -> None:
    assert hangul.initials_of("AI집적단지") == "AIㅈㅈㄷㅈ"


@given(st.text("가힣나 ^aAzZ'ㄱ"))
def test_a_pattern_for_any_case_matches_the_same_however_it_is_compiled(text: str) -> None:
    for pattern in ("[가-힣]+z", "[^가-힣]a", "(?<=[가-힣 ])A?", "[가-힣a-z]{2}"):
        found = re.compile(pattern, re.IGNORECASE).finditer(text)
        assert [each.span() for each in hangul.compiled_for_any_case(pattern).finditer(text)] == [
            each.span() for each in found
        ]
