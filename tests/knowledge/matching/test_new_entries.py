"""Entries that an editor adds to the knowledge base that citizens ask: nobody has practised on them."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Outcome
from knowledge.loading.loader import load_knowledge
from knowledge.loading.question_files import read_questions
from knowledge.matching.entry_index import Corpus
from knowledge.matching.evidence_matcher import EvidenceMatcher
from tests.prepared import analysed_before

ADDED = Path(__file__).parents[3] / "benchmarks" / "new_topic"


@pytest.fixture(scope="module")
def enlarged(tmp_path_factory: pytest.TempPathFactory, project: KnowledgeBase) -> KnowledgeBase:
    """The knowledge base of the project with a topic of 15 entries more, near to some of its known gaps."""
    folder = tmp_path_factory.mktemp("added")
    (folder / "entries").mkdir()
    (folder / "entries" / "hall.yaml").write_text((ADDED / "experience_hall.yaml").read_text(encoding="utf-8"))
    return replace(project, topics=(*project.topics, *load_knowledge(folder).topics))


@pytest.fixture(scope="module")
def live(enlarged: KnowledgeBase) -> Finder:
    with analysed_before(enlarged):
        return Finder(EvidenceMatcher(enlarged, semantic=False))


def test_new_entries_are_found(live: Finder) -> None:
    asked = [
        (case.turns[0].question, case.turns[0].expected.entries) for case in read_questions(ADDED / "in_scope.jsonl")
    ]
    shown = []
    for question, entries in asked:
        finding = live.find(question)
        shown.append(any(entry.id in entries for entry in (finding.entry, *finding.suggestions) if entry))
    assert sum(shown) >= 0.8 * len(shown)


@pytest.mark.parametrize(
    ("question", "entry"), [("체험관에 주차할 수 있나요?", "hall-parking"), ("체험관 입장료 얼마예요?", "hall-fee")]
)
def test_an_old_known_gap_hides_no_new_entry(live: Finder, question: str, entry: str) -> None:
    finding = live.find(question)
    assert entry in [shown.id for shown in (finding.entry, *finding.suggestions) if shown]


@pytest.mark.parametrize("question", ["대구 체험관은 몇 시에 여나요?", "2015년에 체험관 입장료 얼마였어요?"])
def test_another_city_or_year_is_not_answered(live: Finder, question: str) -> None:
    assert live.find(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("question", "entry"), [("집적단지 예산이 얼마예요?", "cluster-budget"), ("전남대는 뭘 하나요?", "university-jnu")]
)
def test_old_entries_are_answered_as_before(live: Finder, question: str, entry: str) -> None:
    finding = live.find(question)
    assert finding.entry
    assert (finding.outcome, finding.entry.id) == (Outcome.ANSWER, entry)


def test_others_are_compared_by_few_of_their_ways_to_ask(corpus: Corpus) -> None:
    index = corpus.thin_index(frozenset(("place",)), None)
    sizes = dict(zip([entry.id for entry in corpus.entries], index.sizes.tolist(), strict=True))
    assert (sizes["budget"], sizes["place"], sizes["~near"]) == (5, 3, 0)
