"""An assistant over three entries, whose questions match as the test says."""

from datetime import UTC, date, datetime

from bot.dialogue.assistant import Assistant
from bot.dialogue.memory import Memory
from bot.matcher_process.async_finder import InThread
from bot.records.questions import QuestionRecords
from knowledge.base import Bilingual, Entry, KnowledgeBase, Source, Topic
from knowledge.finding import Finder
from tests.doubles import FixedMatcher

BUDGET = Entry(
    id="budget",
    topic_id="money",
    question=Bilingual("예산이 얼마예요?", "How much is the budget?"),
    answer=Bilingual("**4116억원**입니다.", "411.6 billion won."),
    source=Source("paper", Bilingual("광주일보 기사", "Gwangju Ilbo")),
    as_of="2020",
    review_by=date(2024, 12, 31),
    see_also=("place", "gap-parking", "gone"),
)
PLACE = Entry("place", "money", Bilingual("어디에 생겨요?"), Bilingual("첨단3지구입니다."))
GAP = Entry("gap-parking", "gaps", Bilingual("주차 요금은?"), Bilingual("알려진 것이 없습니다."), known_gap=True)
KNOWLEDGE = KnowledgeBase(
    (
        Topic("money", Bilingual("돈", "Money"), (BUDGET, PLACE)),
        Topic("gaps", Bilingual("모르는 것"), (GAP,)),
    )
)
KNOWN = {
    "예산?": [("budget", 0.9), ("place", 0.1)],
    "budget?": [("budget", 0.9)],
    "집적단지": [("budget", 0.5), ("gap-parking", 0.4), ("place", 0.3)],
    "주차?": [("gap-parking", 0.9)],
    "dPtksdl djfaodPdy?": [("budget", 0.9)],
    "어디?": [("place", 0.9)],
    "예산? > 그럼 어디?": [("place", 0.9)],
    "어디에 생겨요? > 얼마?": [("budget", 0.9)],
    "집적단지 > 그럼 어디?": [("place", 0.9)],
    "지금 주차?": [("gap-parking", 0.9)],
    "지금 예산?": [("budget", 0.9)],
    "너무 슬퍼 죽겠어요 예산?": [("budget", 0.9)],
}


def build(
    records: QuestionRecords | None = None, today: date = date(2024, 1, 1), memory: Memory | None = None
) -> tuple[Assistant, FixedMatcher]:
    """The assistant and its matcher; for it, it is noon in Greenwich on that day."""
    matcher = FixedMatcher(KNOWLEDGE, KNOWN)
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return Assistant(InThread(KNOWLEDGE, Finder(matcher)), records, lambda: noon, memory), matcher
