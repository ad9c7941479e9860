"""Runs of letters as numbers, and the search by them."""

import numpy as np
import pytest

from knowledge.base import KnowledgeBase
from knowledge.matching.analysis import letter_grams
from knowledge.matching.gram_index import GramIndex, gram_numbers

TEXTS = ["집적단지 예산", "집적단지 위치", "실증동", "", "AI"]


def test_every_letter_gram_has_a_number() -> None:
    assert len(set(gram_numbers("예산").tolist())) == len(letter_grams("예산")) == 6


def test_no_two_runs_of_the_project_have_the_same_number(project: KnowledgeBase) -> None:
    number_of: dict[str, int] = {}
    for text in (text for entry in project.entries.values() for _, text in entry.ways_to_ask()):
        number_of |= zip(letter_grams(text), gram_numbers(text).tolist(), strict=True)
    assert len(number_of) > 100_000
    assert len(set(number_of.values())) == len(number_of)


@pytest.mark.parametrize("text", ["", "나", "ab", "?!", "👨\u200d👩", "\u200d"])
def test_too_few_letters_have_no_grams(text: str) -> None:
    assert len(gram_numbers(text)) == 0


@pytest.mark.parametrize("text", ["\ud800\ud800\ud800\ud800", "\x00" * 4096, "가" * 4096, "𝔸𝕀" * 2048])
def test_any_text_has_grams(text: str) -> None:
    assert gram_numbers(text).dtype == np.uint64


def test_search_finds_what_is_spelt_alike() -> None:
    search = GramIndex(TEXTS).search("집적딴지 위치")
    assert set(search.nearest(2, 1000).tolist()) == {0, 1}
    similarities = GramIndex(TEXTS).search("집적딴지 위치").similarities(np.arange(5))
    assert similarities[1] > similarities[0] > 0
    assert similarities[2:].tolist() == [0, 0, 0]


def test_text_is_as_similar_to_itself_as_can_be() -> None:
    assert GramIndex(TEXTS).search("실증동").similarities(np.array([2])).tolist() == pytest.approx([1])


@pytest.mark.parametrize("texts", [[], [""], ["가"]])
def test_index_without_grams_finds_nothing(texts: list[str]) -> None:
    assert GramIndex(texts).search("집적단지").nearest(5, 100).tolist() == []
