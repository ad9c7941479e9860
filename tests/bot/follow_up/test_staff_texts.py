"""A staff answer is sent letter by letter as it is shown; what should be thought about is said first."""

import pytest

from bot.follow_up.staff_texts import check
from bot.records.errors import Caution, TextProblem, UnsuitableTextError


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b> & y",
        "[이름](https://gwangju.go.kr)",
        "*별* _밑줄_ ~물결~ `코드`",
        "1. 하나\n2. 둘",
        "👩‍👩‍👧‍👦",
        "가" * 4096,
    ],
)
def test_text_is_sent_as_it_is(text: str) -> None:
    assert check(text).text == text


def test_blanks_around_and_control_characters_are_left_out() -> None:
    assert check("  \x00네,\r\n있습니다.\x07 \n").text == "네,\n있습니다."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", TextProblem.EMPTY),
        ("\x00\x07", TextProblem.EMPTY),
        ("\N{ZERO WIDTH JOINER}" * 9, TextProblem.INVISIBLE),
        ("\N{RIGHT-TO-LEFT OVERRIDE}", TextProblem.INVISIBLE),
        ("\N{VARIATION SELECTOR-16}\N{HANGUL FILLER}", TextProblem.INVISIBLE),
        ("가" * 4097, TextProblem.TOO_LONG),
        ("😀" * 4097, TextProblem.TOO_LONG),
    ],
)
def test_text_that_cannot_be_sent_is_refused(text: str, problem: TextProblem) -> None:
    with pytest.raises(UnsuitableTextError) as caught:
        check(text)
    assert caught.value.problem is problem


@pytest.mark.parametrize(
    ("text", "cautions"),
    [
        ("담당: 010-1234-5678", (Caution.PERSONAL_NUMBER,)),
        ("문의는 062-613-3900", ()),
        ("**굵게**", (Caution.MARKUP,)),
        ("[여기](https://a.kr)", (Caution.MARKUP,)),
        ("<i>기울임</i>", (Caution.MARKUP,)),
        ("3 < 4 이고 5 > 4", ()),
        ("가" * 3501, (Caution.TOO_LONG_FOR_ENTRY,)),
    ],
)
def test_what_should_be_thought_about(text: str, cautions: tuple[Caution, ...]) -> None:
    assert check(text).cautions == cautions
