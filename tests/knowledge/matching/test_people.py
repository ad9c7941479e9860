"""Persons are named with a title."""

import pytest

from knowledge.matching.analysis import Analyzer
from knowledge.text.people import people_in


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("강기정 시장님은 어디 출신이에요?", {"강기정"}),
        ("홍길동 전 교수와 김철수씨", {"홍길동", "김철수"}),
        ("박원순시장이 뭐라고 했나요", {"박원순"}),
        ("광주 시장은 누구예요?", set()),
        ("우리 시장님 성함", set()),
        ("강기정 식당 예약", set()),
    ],
)
def test_a_name_of_three_syllables_before_a_title_is_a_person(text: str, people: set[str]) -> None:
    assert people_in(text) == people


@pytest.mark.parametrize("text", ["이 사업을 이끄는 대표는 누구예요", "연구소 소장님은 언제 오시나요"])
def test_other_words_are_no_persons(analyzer: Analyzer, text: str) -> None:
    assert analyzer.analyze(text).people == frozenset()
