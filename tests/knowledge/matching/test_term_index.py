"""The index of words and that of letter grams, and the lists that they are kept in."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from knowledge.base import KnowledgeBase
from knowledge.matching.analysis import letter_grams, letters_of
from knowledge.matching.term_index import GramIndex, Lists, WordIndex, gram_numbers

LISTS = Lists(
    ends=np.array([0, 2, 2, 5]),
    items=np.array([3, 0, 0, 1, 3], np.int32),
    weights=np.array([1, 2, 3, 4, 5], np.float32),
)


def test_lists_are_counted_and_measured() -> None:
    assert len(LISTS) == 3
    assert LISTS.sizes.tolist() == [2, 0, 3]


def test_chosen_lists_stand_one_after_another() -> None:
    items, weights, sizes = LISTS.chosen(np.array([2, 1, 0]))
    assert items.tolist() == [0, 1, 3, 3, 0]
    assert weights.tolist() == [3, 4, 5, 1, 2]
    assert sizes.tolist() == [3, 0, 2]


def test_turned_round_each_item_has_the_lists_that_hold_it() -> None:
    turned = LISTS.by_item(5)
    assert len(turned) == 5
    items, weights, sizes = turned.chosen(np.arange(5))
    assert items.tolist() == [0, 2, 2, 0, 2]
    assert weights.tolist() == [2, 3, 4, 1, 5]
    assert sizes.tolist() == [2, 1, 0, 2, 0]


def test_table_shows_the_weights_of_the_items_asked_for() -> None:
    table = LISTS.table(np.array([0, 1, 2]), np.array([0, 2, 3]))
    assert table.tolist() == [[2, 0, 1], [0, 0, 0], [3, 0, 5]]


@pytest.mark.parametrize(("numbers", "items"), [([], [0, 1]), ([0], []), ([], [])])
def test_table_of_nothing_is_empty(numbers: list[int], items: list[int]) -> None:
    table = LISTS.table(np.array(numbers, np.int64), np.array(items, np.int64))
    assert table.shape == (len(numbers), len(items))


TEXTS = ["예산 얼마", "예산 예산 규모", "위치 어디", "어디 얼마", "완공 언제", "예산 위치 완공"]
QUESTIONS = ["예산 얼마", "어디", "완공 완공 위치", "예산 모르는말"]


def _index(texts: list[str] = TEXTS) -> WordIndex:
    return WordIndex(text.split() for text in texts)


def _gram_index(texts: Iterable[str]) -> GramIndex:
    return GramIndex([*map(letters_of, texts)])


def _words(text: str) -> list[str]:
    return text.split()


@pytest.fixture(scope="module")
def plain() -> Any:
    """scikit-learn's TF-IDF of the same texts."""
    text_features = pytest.importorskip("sklearn.feature_extraction.text")
    return text_features.TfidfVectorizer(analyzer=_words, sublinear_tf=True).fit(TEXTS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_similarities_are_those_of_scikit_learn(plain: Any, question: str) -> None:
    expected = (plain.transform(TEXTS) @ plain.transform([question]).T).toarray()[:, 0]
    index = _index()
    found = index.search(question.split()).similarities(np.arange(len(TEXTS)))
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_chosen_rows_alone_are_compared() -> None:
    index = _index()
    assert index.search(["예산", "얼마"]).similarities(np.array([2, 0])).round(3).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("question", "rows"), [("예산", {0, 1, 5}), ("어디 언제", {2, 3, 4}), ("모르는말", set()), ("", set())]
)
def test_nearest_are_the_rows_with_a_common_term(question: str, rows: set[int]) -> None:
    index = _index()
    assert set(index.search(question.split()).nearest(10, 1000).tolist()) == rows


def test_nearest_keeps_the_most_similar() -> None:
    index = _index()
    assert index.search(["예산", "얼마"]).nearest(1, 1000).tolist() == [0]


def test_nearest_among_many_rows_finds_the_same() -> None:
    index = _index(TEXTS + [f"다른 말{number}" for number in range(500)])
    assert set(index.search(["위치", "어디"]).nearest(2, 1000).tolist()) & {2} == {2}
    assert len(index.search(["위치", "어디"]).nearest(2, 1000)) == 2


def test_budget_leaves_the_commonest_terms_out() -> None:
    index = _index(["흔한 말"] * 50 + ["흔한 드문"])
    search = index.search(["흔한", "드문"])
    assert set(search.nearest(100, 10).tolist()) == {50}
    assert len(search.nearest(100, 1000)) == 51


def test_rarest_term_is_read_whatever_the_budget() -> None:
    index = _index(["흔한 말"] * 50)
    assert len(index.search(["흔한"]).nearest(100, 1)) == 50


def test_query_has_the_length_of_one_and_known_terms_only() -> None:
    query = _index().search(["예산", "예산", "얼마", "모르는말"])
    assert len(query.terms) == 2
    assert float(np.sum(query.weights**2)) == pytest.approx(1)


def test_unknown_terms_are_similar_to_nothing() -> None:
    index = _index()
    assert index.search(["모르는말"]).similarities(np.arange(6)).tolist() == [0] * 6


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_index_without_terms_finds_nothing(texts: list[str]) -> None:
    index = _index(texts)
    search = index.search(["예산"])
    assert search.nearest(5, 100).tolist() == []
    assert search.similarities(np.arange(len(texts))).tolist() == [0] * len(texts)


def test_text_without_terms_is_similar_to_nothing() -> None:
    index = _index(["예산", ""])
    assert index.search(["예산"]).similarities(np.arange(2)).tolist() == [1, 0]


def test_frequency_among_counts_texts_not_words() -> None:
    index = _index()
    counts = index.frequency_among(np.array([True, True, False, False, False, False]))
    assert (counts[index.vocabulary["예산"]], counts[index.vocabulary["위치"]]) == (2, 0)


@pytest.mark.parametrize("budget", [1, 700, 100_000])
@pytest.mark.parametrize("question", ["흔한 말7 다른", "말3 말4", "흔한", "드문"])
def test_similarities_are_the_same_however_they_are_computed(question: str, budget: int) -> None:
    index = _index([f"흔한 다른 말{number % 40}" for number in range(600)] + ["드문 말3"])
    rows = np.arange(601)
    search = index.search(question.split())
    search.nearest(64, budget)
    np.testing.assert_allclose(search.similarities(rows), index.search(question.split()).similarities(rows), atol=1e-6)


def test_nearest_of_thousands_are_those_of_a_full_sort() -> None:
    draw = np.random.default_rng(0)
    index = _index([" ".join(f"말{number}" for number in draw.integers(0, 30, 8)) for _ in range(9000)])
    search = index.search(["말1", "말2", "말3"])
    found = search.nearest(64, 100_000)
    similarities = index.search(["말1", "말2", "말3"]).similarities(np.arange(9000))
    assert similarities[found].min() >= np.sort(similarities)[-64] - 1e-6
    assert len(set(found.tolist())) == 64


def test_equally_near_rows_are_taken_in_their_order() -> None:
    index = _index(["예산 얼마"] * 7000 + ["위치 어디"])
    assert sorted(index.search(["예산"]).nearest(5, 100_000).tolist()) == [0, 1, 2, 3, 4]


SPELLED = ["집적단지 예산", "집적단지 위치", "실증동", "", "AI"]


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


def test_grams_of_many_texts_are_those_of_each() -> None:
    texts = [*SPELLED, "아아아아아아", "나", "", "\ud800abc", *SPELLED]
    each = [np.unique(gram_numbers(text), return_counts=True) for text in texts]
    rows = _gram_index(texts).rows
    assert rows.sizes.tolist() == [len(grams) for grams, _ in each]
    numbers = np.unique(np.concatenate([grams for grams, _ in each]))
    assert numbers[rows.items].tolist() == [gram for grams, _ in each for gram in grams.tolist()]


def test_search_finds_what_is_spelt_alike() -> None:
    search = _gram_index(SPELLED).search("집적딴지 위치")
    assert set(search.nearest(2, 1000).tolist()) == {0, 1}
    similarities = _gram_index(SPELLED).search("집적딴지 위치").similarities(np.arange(5))
    assert similarities[1] > similarities[0] > 0
    assert similarities[2:].tolist() == [0, 0, 0]


def test_text_is_as_similar_to_itself_as_can_be() -> None:
    assert _gram_index(SPELLED).search("실증동").similarities(np.array([2])).tolist() == pytest.approx([1])


@pytest.mark.parametrize("texts", [[], [""], ["가"]])
def test_index_without_grams_finds_nothing(texts: list[str]) -> None:
    assert _gram_index(texts).search("집적단지").nearest(5, 100).tolist() == []
