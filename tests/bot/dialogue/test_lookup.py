"""What is found for the several questions of a message, and for what excludes something."""

from bot.dialogue.assistant import Found, look_up
from bot.dialogue.interpreter import interpret
from bot.matcher_process.async_finder import InThread
from knowledge.base import Bilingual, Entry, KnowledgeBase, Topic
from knowledge.finding import Finder, Outcome
from tests.doubles import FixedMatcher

TOPIC = "schools"
NORTH, SOUTH, EAST = (
    Entry(name, TOPIC, Bilingual(f"{name}대는 무엇을 가르치나요?"), Bilingual(f"{name}대의 과목입니다."))
    for name in ("북", "남", "동")
)
ALL = Entry("all", TOPIC, Bilingual("어느 학교가 참여하나요?"), Bilingual("북대, 남대, 동대가 참여합니다."))
COST = Entry("cost", TOPIC, Bilingual("비용은 얼마인가요?"), Bilingual("무료입니다."))
PARKING = Entry("parking", TOPIC, Bilingual("주차 요금은요?"), Bilingual("없습니다."), known_gap=True)
KNOWLEDGE = KnowledgeBase((Topic(TOPIC, Bilingual("학교"), (NORTH, SOUTH, EAST, ALL, COST, PARKING)),))
KNOWN = {
    "북대": [("북", 0.9)],
    "어떤 과목이 있어요?": [("북", 0.9), ("all", 0.2)],
    "학교는요?": [("all", 0.9)],
    "북대는 뭐 해요?": [("북", 0.9)],
    "남대는 뭐 해요?": [("남", 0.9)],
    "북대랑 남대는 뭐 해요?": [("북", 0.9)],
    "학교랑 비용 알려주세요": [("cost", 0.9)],
    "학교 알려주세요": [("all", 0.9)],
    "비용 알려주세요": [("cost", 0.9)],
    "비용이랑 주차 알려주세요": [("parking", 0.9)],
    "주차 알려주세요": [("parking", 0.9)],
    "북대랑 남대가 함께 하나요?": [("all", 0.9)],
}


async def _found(text: str) -> Found:
    return await look_up(InThread(KNOWLEDGE, Finder(FixedMatcher(KNOWLEDGE, KNOWN))), interpret(text), None)


def _answers(found: Found) -> list[Entry | None]:
    return [found[0].entry, *found[0].further]


async def test_the_others_are_asked_for_by_what_they_have_in_common() -> None:
    assert _answers(await _found("북대 말고 다른 학교는요?")) == [ALL]


async def test_what_is_excluded_is_not_offered_and_its_like_is() -> None:
    finding, _ = await _found("북대 말고 어떤 과목이 있어요?")
    assert finding.outcome is Outcome.SUGGESTIONS
    assert finding.suggestions == (SOUTH, EAST, ALL)


async def test_the_same_of_two_things_is_answered_for_each() -> None:
    assert _answers(await _found("북대랑 남대는 뭐 해요?")) == [NORTH, SOUTH]


async def test_each_thing_of_a_list_is_answered() -> None:
    assert _answers(await _found("학교랑 비용 알려주세요")) == [ALL, COST]


async def test_what_is_not_answered_of_a_list_is_said() -> None:
    found = await _found("비용이랑 주차 알려주세요")
    assert (_answers(found), found[1]) == ([COST], ("주차 알려주세요",))


async def test_what_is_asked_of_things_together_is_one_question() -> None:
    assert _answers(await _found("북대랑 남대가 함께 하나요?")) == [ALL]


async def test_a_question_that_names_nothing_is_read_on_the_subject_of_the_one_before() -> None:
    known = {"북대는 어디에 있어요?": [("parking", 0.9)], "어디에 있어요?": [("남", 0.6)]}
    finder = InThread(KNOWLEDGE, Finder(FixedMatcher(KNOWLEDGE, known)))
    finding, _ = await look_up(finder, interpret("어디에 있어요?"), "북대가 뭐예요?")
    assert finding.entry == PARKING
