"""What the matcher learns from: the editors' texts, and the practice questions that show a new way to ask."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.base import PracticeQuestion
from knowledge.matching.analysis import Analyzer
from knowledge.matching.corpus import UNANSWERABLE, Corpus
from knowledge.matching.entry_index import EntryIndex
from knowledge.matching.likeness import in_token_order
from tests.knowledge.loading.knowledge_folder import faults_of, write_folder
from tests.knowledge.matching.small_base import BASE


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
