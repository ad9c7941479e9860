"""The assistant's matcher over the knowledge base that citizens ask, with the fitted numbers of the project.

Whether something is answered is decided with the default limits; how sure the matcher is of it is not tested, because
each fit moves that.
"""

import gc
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Outcome
from knowledge.matching import build_matcher
from knowledge.matching.evidence_matcher import EvidenceMatcher, language_of
from knowledge.matching.features import FEATURES
from tests.knowledge.matching.small_base import EMPTY, WITHOUT_PRACTICE

PLACE = "집적단지는 어디에 생기나요?"


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("집적단지 예산이 얼마예요?", "cluster-budget"),
        ("집적단지는 어디에 생기나요?", "cluster-location"),
        ("집적단지 면적이 얼마나 돼요?", "cluster-area"),
        ("집적단지는 언제 완공되나요?", "cluster-completion"),
        ("집적단지 조성은 언제 시작했나요?", "cluster-start"),
        ("인코어드는 어떤 회사예요?", "encored-what"),
        ("광주는 왜 인공지능을 선택했나요?", "hub-why-ai"),
        ("과학골든벨이 뭐예요?", "science-golden-bell"),
        ("광주시장은 누구예요?", "hub-mayor"),
        ("PARC와 어떤 협약을 맺었나요?", "parc-agreement"),
        ("전남대는 뭘 하나요?", "university-jnu"),
        ("구글에는 왜 갔나요?", "google-visit"),
        ("국가 AI 전략의 목표 연도는?", "national-target-year"),
    ],
)
def test_plain_question_is_answered(finder: Finder, question: str, entry: str) -> None:
    finding = finder.find(question)
    assert finding.outcome is Outcome.ANSWER
    assert finding.entry
    assert finding.entry.id == entry


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Where is the cluster built?", "cluster-location"),
        ("How much is invested in the cluster?", "cluster-budget"),
        ("When will the cluster be completed?", "cluster-completion"),
    ],
)
def test_english_question_is_answered_in_english(finder: Finder, question: str, entry: str) -> None:
    finding = finder.find(question)
    assert (finding.outcome, finding.language) == (Outcome.ANSWER, "en")
    assert finding.entry
    assert finding.entry.id == entry


@pytest.mark.parametrize(
    "question",
    [
        "집적단지 주차장은 어디에 있나요",
        "집적단지 입장료가 얼마예요?",
        "집적단지에서 일하는 직원은 몇 명인가요?",
        "집적단지 구내식당 메뉴가 뭐예요?",
        "집적단지 사업단장 전화번호가 뭐예요?",
        "집적단지 임대료가 얼마예요?",
        "인코어드 매출이 얼마예요?",
        "인코어드 대표 나이가 몇 살이에요?",
        "전남대 등록금이 얼마예요?",
        "GIST 기숙사비는 얼마인가요?",
        "광주시장 월급은 얼마예요?",
        "과학골든벨 상금은 얼마예요?",
        "오늘 날씨 어때요?",
        "삼성전자 주가 알려줘",
    ],
)
def test_what_is_not_known_of_a_known_subject_is_not_answered(finder: Finder, question: str) -> None:
    assert finder.find(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "question",
    [
        "부산 집적단지 예산이 얼마예요?",
        "대구 AI 집적단지는 어디에 있나요?",
        "판교 AI 단지는 언제 완공되나요?",
        "대전 집적단지는 어디에 생기나요?",
        "부산시장은 누구예요?",
        "2031년에는 예산이 얼마예요?",
        "2035년에 집적단지가 완공되나요?",
        "1998년에 협약을 맺었나요?",
        "9000억원은 어디에 쓰이나요?",
        "집적단지에 9000억원을 투입하나요?",
        "소프트뱅크가 700억원을 투자했나요?",
    ],
)
def test_other_city_year_or_sum_is_not_answered_as_if_known(finder: Finder, question: str) -> None:
    assert finder.find(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("question", "gap"),
    [("인코어드 매출이 얼마예요?", "gap-encored-finances"), ("과학골든벨 상금은 얼마예요?", "gap-golden-bell-details")],
)
def test_known_gap_is_the_first_candidate_where_it_is_asked_for(
    matcher: EvidenceMatcher, question: str, gap: str
) -> None:
    assert matcher.match(question).candidates[0].entry.id == gap


@pytest.mark.parametrize(
    "question",
    [
        "wlqwjrekswl dPtksdl djfaodPdy?",
        "ㅈㅈㄷㅈ 예산 얼마예요",
        "집적단지 예ㅅㅏㄴ이 얼마예요?",
        "집적딴지 예산 얼마에요",
    ],
    ids=["keyboard layout", "initials", "lone jamo", "spelling"],
)
def test_slip_is_understood_and_said(finder: Finder, question: str) -> None:
    finding = finder.find(question)
    assert finding.entry
    assert finding.entry.id == "cluster-budget"
    assert finding.understood
    assert finding.understood.startswith("집적단지 예산")


def test_sound_question_is_not_said_again(matcher: EvidenceMatcher) -> None:
    assert matcher.match("집적단지 예산이 얼마예요?").understood is None


def test_follow_up_is_read_with_the_question_before_it(finder: Finder) -> None:
    before = finder.find(PLACE)
    best = [each.entry.id for each in finder.find("그럼 언제?", before.remembered).candidates]
    assert {"cluster-completion", "cluster-start", "cluster-period", "schedule-overview"} & set(best[:3])
    assert "cluster-location" not in best


@pytest.mark.parametrize(
    ("before", "question", "entry"),
    [
        (PLACE, "그럼 언제 완공돼요?", "cluster-completion"),
        ("전남대는 뭘 하나요?", "호남대는요?", "university-honam"),
        ("인코어드는 어떤 회사예요?", "대표는 누구예요?", "encored-ceo"),
    ],
)
def test_follow_up_is_answered(finder: Finder, before: str, question: str, entry: str) -> None:
    finding = finder.find(question, finder.find(before).remembered)
    assert finding.outcome is Outcome.ANSWER
    assert finding.entry
    assert finding.entry.id == entry


def test_follow_up_remembers_both_questions(matcher: EvidenceMatcher) -> None:
    remembered = matcher.match("그럼 언제?", PLACE).remembered
    assert remembered
    assert "집적단지" in remembered
    assert "언제" in remembered


def test_new_subject_drops_the_memory(matcher: EvidenceMatcher) -> None:
    question = "전남대는 인공지능 사업에서 어떤 교육을 맡고 있나요?"
    alone, after = matcher.match(question), matcher.match(question, PLACE)
    assert after == alone
    assert after.remembered == question


def test_gap_that_the_follow_up_names_itself_stays(matcher: EvidenceMatcher) -> None:
    found = matcher.match("과학골든벨 상금은 얼마예요?", PLACE).candidates
    assert found[0].entry.known_gap


def test_several_questions_are_answered_in_their_order(finder: Finder) -> None:
    finding = finder.find("집적단지는 어디에 생기나요? 인코어드는 어떤 회사예요?")
    assert finding.outcome is Outcome.ANSWER
    assert finding.entry
    assert [finding.entry.id, *(entry.id for entry in finding.further)] == ["cluster-location", "encored-what"]


@pytest.mark.parametrize("question", [PLACE, "안녕하세요. 집적단지는 어디에 생기나요?", "예산? 위치", "?.!\n?"])
def test_one_question_has_no_parts(matcher: EvidenceMatcher, question: str) -> None:
    assert matcher.match(question).parts == ()


def test_question_after_a_story_is_found(finder: Finder) -> None:
    story = (
        "안녕하세요, 저는 광산구에 사는 주부인데요 아이가 학교에서 발표를 준비하고 있어요. "
        "남편은 모른다고 하고 저도 답답해서요. 집적단지는 어디에 생기나요?"
    )
    assert "cluster-location" in {each.entry.id for each in finder.find(story).candidates[:2]}


def test_entrys_own_question_finds_it_first(matcher: EvidenceMatcher, project: KnowledgeBase) -> None:
    missed = []
    for entry in project.entries.values():
        found = matcher.match(entry.question.ko).candidates
        if not found or found[0].entry.id not in (entry.id, *entry.see_also):
            missed.append((entry.id, found[0].entry.id if found else None))
    assert len(missed) <= 0.03 * len(project.entries), missed


def test_candidates_are_ranked_probabilities_each_entry_once(matcher: EvidenceMatcher) -> None:
    found = matcher.match("집적단지 주차 예산 2031년").candidates
    confidences = [each.confidence for each in found]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert len({each.entry.id for each in found}) == len(found)


def test_stand_ins_are_never_shown(matcher: EvidenceMatcher, project: KnowledgeBase) -> None:
    asked = [question.text for question in project.practice if not question.entries][:200]
    shown = {each.entry.id for text in asked for each in matcher.match(text).candidates}
    assert shown <= set(project.entries)


def test_answers_say_what_their_confidence_was_computed_from(matcher: EvidenceMatcher) -> None:
    best = matcher.match("집적단지 예산이 얼마예요?").candidates[0]
    assert set(best.features) == set(FEATURES)


def test_pickled_matcher_finds_the_same(matcher: EvidenceMatcher, project: KnowledgeBase) -> None:
    again: EvidenceMatcher = pickle.loads(pickle.dumps(matcher))  # noqa: S301  # our own
    for entry in list(project.entries.values())[::20]:
        for asked in (entry.question.ko, f"{entry.question.ko} 예샨은?", "그럼 언제?"):
            assert again.match(asked, PLACE) == matcher.match(asked, PLACE)


def test_matcher_that_nobody_needs_leaves_memory_at_once() -> None:
    """A knowledge base that is read anew replaces what was made of the old one; no collector is needed to free it.

    Kiwi stays: whatever is read with the same vocabulary shares it.
    """
    matcher = EvidenceMatcher(WITHOUT_PRACTICE)
    matcher.match("예샨이 얼마예요? 그리고 어디에 생기나요?", PLACE)
    kept = [weakref.ref(part) for part in (matcher, matcher._reader, matcher._index.meaning)]
    gc.disable()
    try:
        del matcher
        assert [part() for part in kept] == [None] * 3
    finally:
        gc.enable()


def test_threads_find_the_same(matcher: EvidenceMatcher, project: KnowledgeBase) -> None:
    asked = [entry.question.ko for entry in project.entries.values()][:60] * 2
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(matcher.match, asked))
    assert found == [matcher.match(text) for text in asked]


@pytest.mark.parametrize("base", [EMPTY, WITHOUT_PRACTICE], ids=["empty", "small"])
@pytest.mark.parametrize("question", ["집적단지 예산이 얼마예요?", "", "그럼 언제?"])
def test_any_knowledge_base_can_be_asked(base: KnowledgeBase, question: str) -> None:
    found = build_matcher(base).match(question, "집적단지는 어디?").candidates
    assert {each.entry.id for each in found} <= set(base.entries)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Where is it?", "en"), ("AI 예산", "ko"), ("예산", "ko"), ("123?", "ko"), ("", "ko"), ("ﬁ ж", "ko")],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language
