"""Fingers run over the keys say nothing; short words and numbers with words do."""

import pytest

from bot.dialogue.interpreter import is_noise


@pytest.mark.parametrize(
    "text", ["ㅁㄴㅇㄹ", "asdf", "qwerty", "asdfasdf", "lkjh", "aaaa", "123", "test123", "테스트입니다 123"]
)
def test_what_holds_no_word_is_noise(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize(
    "text", ["AI", "KT", "5G", "gist", "tree", "were", "체육관", "예산 2024", "2024년", "버스 26번"]
)
def test_a_word_however_short_is_none(text: str) -> None:
    assert not is_noise(text)
