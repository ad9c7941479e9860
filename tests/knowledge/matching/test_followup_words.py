"""Words that point back are taken off, and a topic alone is known by its shape."""

import pytest

from knowledge.matching.followups import names_only_a_topic, without_pointing_back


@pytest.mark.parametrize(
    ("text", "rest"),
    [("그럼 언제 완공돼요?", "언제 완공돼요?"), ("거기", "거기"), ("예산은 얼마예요", "예산은 얼마예요")],
)
def test_words_that_point_back_are_taken_off(text: str, rest: str) -> None:
    assert without_pointing_back(text) == rest


@pytest.mark.parametrize(
    ("text", "alone"),
    [("조선대는?", True), ("그럼 조선대는요?", True), ("조선대는 뭘 해요?", False), ("언제요", False)],
)
def test_topic_alone_is_known(text: str, alone: bool) -> None:
    assert names_only_a_topic(text) is alone
