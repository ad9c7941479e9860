"""The plain matcher of the benchmarks."""

import pytest

from knowledge.base import KnowledgeBase
from knowledge.matching.string_similarity import StringSimilarityMatcher
from tests.knowledge.matching.small_base import BASE, EMPTY


@pytest.mark.parametrize(
    ("question", "entry"),
    [("집적단지 예산 얼마예요", "budget"), ("예산이 얼마", "budget"), ("위치 어디 단지", "place")],
)
def test_most_similar_phrasing_decides(question: str, entry: str) -> None:
    assert StringSimilarityMatcher(BASE).match(question).candidates[0].entry.id == entry


def test_entry_is_listed_once_with_its_best_phrasing() -> None:
    found = StringSimilarityMatcher(BASE).match("예산 얼마").candidates
    ids = [each.entry.id for each in found]
    assert len(set(ids)) == len(ids)
    assert (ids[0], found[0].confidence) == ("budget", 1)


@pytest.mark.parametrize(("base", "text"), [(EMPTY, "예산"), (BASE, ""), (BASE, "\ud800"), (BASE, "?" * 4096)])
def test_strange_texts_have_a_match(base: KnowledgeBase, text: str) -> None:
    assert StringSimilarityMatcher(base).match(text, "예산").language == "ko"


def test_fewer_wrong_answers_need_more_likeness() -> None:
    matcher = StringSimilarityMatcher(BASE)
    assert matcher.least_confidence(0.1) > matcher.least_confidence(0.3)
