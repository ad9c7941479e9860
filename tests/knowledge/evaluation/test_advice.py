"""What an editor is told of an added entry, by the live matcher over a small knowledge base."""

from dataclasses import replace

import pytest

from knowledge.base import Bilingual, Entry, KnowledgeBase, PracticeQuestion
from knowledge.evaluation.advice import Advice, advise
from knowledge.finding import Finder, Outcome
from knowledge.matching.evidence_matcher import EvidenceMatcher
from tests.knowledge.matching.small_base import BASE, WITHOUT_PRACTICE

LOT = Entry(
    "car-park",
    "t",
    Bilingual("집적단지에 주차장이 있나요?"),
    Bilingual("지하에 80대를 댈 수 있습니다."),
    {"ko": ("주차 요금 얼마인가요", "주차비는 무료인가요", "주차장은 어디예요")},
)
COSTS = Entry(
    "costs", "t", Bilingual("예산이 얼마나 되나요?"), Bilingual("많이 듭니다."), {"ko": ("집적단지 예산이 얼마야",)}
)


def _enlarged(*added: Entry) -> KnowledgeBase:
    (topic,) = WITHOUT_PRACTICE.topics
    return replace(WITHOUT_PRACTICE, topics=(replace(topic, entries=(*topic.entries, *added)),))


def _finder(knowledge: KnowledgeBase) -> Finder:
    return Finder(EvidenceMatcher(knowledge, semantic=False))


def _advice(added: Entry, *asked: str) -> Advice | None:
    return next(advise(_enlarged(added), [added.id], asked, _finder), None)


def test_known_gap_that_spoke_for_the_entry_is_named() -> None:
    advice = _advice(LOT)
    assert advice
    assert advice.gaps == ("gap-parking",)


def test_question_that_it_takes_from_another_is_named_with_the_other() -> None:
    asked = "집적단지 예산이 얼마야?"
    assert _finder(WITHOUT_PRACTICE).find(asked).outcome is Outcome.ANSWER
    advice = _advice(COSTS, asked)
    assert advice
    assert advice.won == ((asked, "budget"),)


def test_question_that_it_is_only_suggested_for_is_missed() -> None:
    asked = ["차 댈 데 있어요?", "집적단지에 차를 세울 곳", "주차장이 넓은가요?", "주차 되나요?"]
    live = _finder(_enlarged(LOT))
    missed = [text for text in asked if LOT in live.find(text).suggestions[:1]]
    advice = _advice(LOT, *asked)
    assert advice
    assert missed
    assert set(advice.missed) <= set(missed)
    assert "인코어드는 어떤 회사예요?" not in advice.missed


def test_an_entry_that_changes_nothing_has_no_advice() -> None:
    stranger = Entry("swim", "t", Bilingual("수영 강습은 언제 시작하나요?"), Bilingual("3월입니다."))
    assert _advice(stranger, "인코어드는 어떤 회사예요?") is None


def test_without_added_entries_nothing_is_built() -> None:
    def built(knowledge: KnowledgeBase) -> Finder:
        pytest.fail(f"built over {len(knowledge.entries)} entries")

    assert list(advise(BASE, (), ["예산"], built)) == []


def test_what_was_practised_on_the_entry_does_not_count_before_it() -> None:
    seen: list[KnowledgeBase] = []

    def built(knowledge: KnowledgeBase) -> Finder:
        seen.append(knowledge)
        return _finder(WITHOUT_PRACTICE)

    practised = replace(_enlarged(LOT), practice=(PracticeQuestion("주차 되나요", ("car-park",), "first"),))
    list(advise(practised, ["car-park"], [], built))
    assert [len(each.practice) for each in seen] == [0, 1]
    assert "car-park" not in seen[0].entries
