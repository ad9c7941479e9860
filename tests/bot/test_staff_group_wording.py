"""The sentences of the staff group say the same things in both languages."""

from collections.abc import Mapping
from dataclasses import fields
from string import Formatter
from typing import Any

import pytest

from bot.records.errors import Caution, Refusal, TextProblem
from bot.records.groups import GroupState
from bot.wording.staff import staff_group_sentences
from bot.wording.staff.staff_group import StaffGroupSentences
from knowledge.base import Language

KOREAN, ENGLISH = staff_group_sentences("ko"), staff_group_sentences("en")


@pytest.mark.parametrize("name", [field.name for field in fields(StaffGroupSentences)])
def test_both_languages_fill_in_the_same(name: str) -> None:
    korean, english = getattr(KOREAN, name), getattr(ENGLISH, name)
    assert _filled_in(korean) == _filled_in(english)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_there_are_words_for_every_case(language: Language) -> None:
    words = staff_group_sentences(language)
    assert set(words.refusals) == set(Refusal)
    assert set(words.problems) == set(TextProblem)
    assert set(words.states) == set(GroupState)
    assert set(words.cautions) == set(Caution)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_in_them_is_markup(language: Language) -> None:
    words = staff_group_sentences(language)
    said = {field.name: getattr(words, field.name) for field in fields(words)}
    assert not [name for name, each in said.items() if isinstance(each, str) and "<" in each]


def _filled_in(words: Any) -> Any:
    """The names in braces, by key where there are several sentences; how many where they are numbered."""
    if isinstance(words, Mapping):
        return {key: _filled_in(each) for key, each in words.items()}
    if isinstance(words, tuple):
        return len(words)
    return {name for _, name, _, _ in Formatter().parse(words) if name}
