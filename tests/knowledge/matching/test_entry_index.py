"""The corpus of a knowledge base, and the index over it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.base import PracticeQuestion
from knowledge.matching.analysis import KINDS, Analyzer
from knowledge.matching.entry_index import UNANSWERABLE, Corpus, EntryIndex
from knowledge.matching.features import POSTINGS_READ
from knowledge.matching.likeness import in_token_order
from tests.knowledge.loading.knowledge_folder import faults_of, write_folder
from tests.knowledge.matching.small_base import BASE, EMPTY, WITHOUT_PRACTICE


def _texts_of(index: EntryIndex, entry_id: str) -> list[str]:
    number = [entry.id for entry in index.entries].index(entry_id)
    return [text for text, owner in zip(index.likeness.texts, index.owner, strict=True) if owner == number]


def test_practice_question_belongs_to_the_first_of_its_entries(corpus: Corpus) -> None:
    practised = in_token_order("돈은 얼마나 드나요")
    assert practised in _texts_of(corpus.index(), "budget")
    assert practised not in _texts_of(corpus.index(), "place")


def test_what_nothing_answers_belongs_to_a_stand_in_of_its_kind(corpus: Corpus) -> None:
    index = corpus.index()
    assert _texts_of(index, "~far") == [in_token_order("오늘 날씨 어때요")]
    assert _texts_of(index, "~near") == [in_token_order("구내식당 있나요")]


def test_stand_ins_are_gaps_and_told_apart(corpus: Corpus) -> None:
    stand_ins = [corpus.entries[number] for number in sorted(corpus.stand_ins())]
    assert [entry.id for entry in stand_ins] == ["~near", "~far", "~trap"]
    assert all(entry.known_gap for entry in stand_ins)


@pytest.mark.parametrize("text", ["집저단지 얘산", "그럼 위치는요", "없어진 것은요"])
def test_noisy_later_and_lost_questions_are_left_out(corpus: Corpus, text: str) -> None:
    assert in_token_order(text) not in corpus.index().likeness.texts


def test_kind_without_a_stand_in_is_left_out(analyzer: Analyzer) -> None:
    strange = PracticeQuestion("이상한 질문", (), "first", kind="strange")
    index = Corpus(replace(BASE, practice=(strange,)), analyzer).index()
    assert in_token_order("이상한 질문") not in index.likeness.texts


def test_index_lacks_what_is_not_kept(corpus: Corpus) -> None:
    index = corpus.index(lambda _way, author: author != "first")
    assert in_token_order("어느 동네에 들어서나요") in index.likeness.texts
    assert in_token_order("돈은 얼마나 드나요") not in index.likeness.texts


def test_editors_texts_are_without_practice(corpus: Corpus) -> None:
    texts = corpus.editors_texts()
    assert "how much is the budget?" in texts
    assert "돈은 얼마나 드나요" not in texts


def test_no_editor_can_write_the_id_of_a_stand_in(tmp_path: Path) -> None:
    topic = f"topic: t\nentries:\n  - {{id: '{UNANSWERABLE}near', question: 예산?, answer: 답}}\n"
    assert faults_of(write_folder(tmp_path, t=topic))


@pytest.fixture(scope="module")
def index(analyzer: Analyzer) -> EntryIndex:
    return Corpus(WITHOUT_PRACTICE, analyzer).index()


def _number(index: EntryIndex, entry_id: str) -> int:
    return [entry.id for entry in index.entries].index(entry_id)


def test_ways_of_an_entry_stand_together(index: EntryIndex) -> None:
    number = _number(index, "place")
    texts = [index.likeness.texts[row] for row in index.rows_of(np.array([number]))]
    assert texts == ["생기나요? 어디에 집적단지는", "단지 어디 위치", "어디예요 위치가 집적단지"]


def test_rows_follow_the_order_of_the_entries(index: EntryIndex) -> None:
    numbers = np.array([_number(index, "place"), _number(index, "budget")])
    rows = index.rows_of(numbers)
    assert index.owner[rows].tolist() == [numbers[0]] * 3 + [numbers[1]] * 5


def test_no_entries_have_no_rows(index: EntryIndex) -> None:
    assert index.rows_of(np.zeros(0, np.int64)).tolist() == []


def test_sizes_count_ways_to_ask(index: EntryIndex) -> None:
    assert index.sizes.tolist() == [5, 3, 2, 3, 0, 0, 0]


def test_gaps_are_marked(index: EntryIndex) -> None:
    assert index.known_gap.tolist() == [False] * 3 + [True] * 4


def test_near_finds_by_meaning_and_by_spelling(index: EntryIndex, analyzer: Analyzer) -> None:
    nothing = index.meaning.search([])
    meant = index.meaning.search(analyzer.analyze("사업비").morphemes)
    typed = index.spelling.search("인코어드")
    assert index.near([search.nearest(5, POSTINGS_READ) for search in (meant, nothing)]).tolist() == [
        _number(index, "budget")
    ]
    assert index.near([search.nearest(2, POSTINGS_READ) for search in (nothing, typed)]).tolist() == [
        _number(index, "company")
    ]


def test_share_of_ways_that_hold_a_morpheme(index: EntryIndex) -> None:
    entries = np.array(sorted(_number(index, name) for name in ("place", "budget", "company")))
    place, budget = (index.meaning.vocabulary[word] for word in ("위치/N", "예산/N"))
    expected = {"budget": (0, 3 / 5), "place": (2 / 3, 0), "company": (0, 0)}
    shares = index.shares_with(np.array([place, budget]), entries)
    for column, entry in enumerate(entries):
        assert tuple(shares[:, column]) == pytest.approx(expected[index.entries[entry].id])


def test_no_morphemes_have_no_shares(index: EntryIndex) -> None:
    assert index.shares_with(np.zeros(0, np.int64), np.arange(3)).shape == (0, 3)


def test_kinds_are_shares_that_sum_to_one(index: EntryIndex) -> None:
    np.testing.assert_allclose(index.kinds.sum(axis=1), 1, rtol=1e-5)
    of_place = dict(zip(KINDS, index.kinds[_number(index, "place")], strict=True))
    assert max(of_place, key=lambda kind: of_place[kind]) == "where"


def test_kind_that_nobody_asked_is_possible(index: EntryIndex) -> None:
    assert (index.kinds > 0).all()


def test_words_of_gaps_lean_to_gaps(index: EntryIndex) -> None:
    lean = {word: index.lean[number] for word, number in index.meaning.vocabulary.items()}
    assert lean["주차/N"] > 0 > lean["위치/N"]


def test_numbers_are_those_of_answers_and_ways_to_ask(index: EntryIndex) -> None:
    assert index.numbers[_number(index, "budget")] == {"4116", "411.6"}


def test_answers_words_are_known(index: EntryIndex) -> None:
    held = index.answers.hold(("모르는말/N", "데이터/N"), np.arange(len(index.entries)))
    assert not held[0].any()
    assert set(np.flatnonzero(held[1])) == {_number(index, "budget"), _number(index, "company")}


def test_empty_knowledge_base_has_an_index(analyzer: Analyzer) -> None:
    index = Corpus(EMPTY, analyzer).index()
    assert (index.likeness.texts, index.sizes.tolist()) == ([], [0, 0, 0])
