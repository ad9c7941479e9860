"""A small knowledge base behind the real handlers, in a Telegram inside the process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.assistant import Assistant
from bot.conversations import Memory, PassingConversations
from bot.presenting import Presenter
from handlers.telegram.application import build_application
from handlers.telegram.context import Services, TelegramApplication
from handlers.telegram.local.citizen import Citizen
from handlers.telegram.local.telegram import TOKEN, LocalTelegram
from handlers.telegram.running import running
from knowledge.base import Bilingual, Entry, KnowledgeBase, Source, Topic
from knowledge.finding import Finder
from tests.doubles import FixedMatcher, MemoryRecords

LONGEST_ID = "a" * 48


def _entry(entry_id: str, ko: str, answer: str, en: str | None = None) -> Entry:
    translated = f"In English: {en}" if en else None
    return Entry(entry_id, "investment", Bilingual(ko, en), Bilingual(answer, translated))


BUDGET = replace(
    _entry("budget", "예산이 얼마예요?", "**4,116억 원**입니다 <국비 & 시비>.", "What is the budget?"),
    source=Source("gwangju-ilbo", Bilingual("광주일보", "Gwangju Ilbo")),
    as_of="2020",
    review_by=date(2024, 12, 31),
    see_also=("period", "parking"),
)
PERIOD = _entry("period", "언제까지 하나요?", "2020년부터 2024년까지입니다.", "How long does it take?")
PARKING = replace(_entry("parking", "주차 요금은요?", "주차 요금은 아직 알려진 것이 없습니다."), known_gap=True)
LONG = _entry(LONGEST_ID, "아주 긴 질문이에요? " * 20, "긴 <답> & 문단.\n\n" * 300)
MANY = tuple(
    _entry(f"program-{number}", f"교육 {number}은 뭐예요?", f"교육 {number}입니다.") for number in range(1, 12)
)
KNOWLEDGE = KnowledgeBase(
    (
        Topic("investment", Bilingual("투자와 예산", "Investment"), (BUDGET, PERIOD, PARKING, LONG)),
        Topic("training", Bilingual("교육", "Training"), MANY),
        Topic("gaps", Bilingual("모르는 것"), (PARKING,)),
    )
)
KNOWN = {
    "예산이 얼마예요?": [("budget", 0.95)],
    "dPtksdl djfaodPdy?": [("budget", 0.95)],
    "What is the budget?": [("budget", 0.95)],
    "얼마나 들어요?": [("budget", 0.5), ("period", 0.3), ("parking", 0.2)],
    "How much?": [("budget", 0.5), ("period", 0.3)],
    "긴 거요?": [(LONGEST_ID, 0.95)],
    "긴 거 아니면 짧은 거요?": [(LONGEST_ID, 0.5), ("period", 0.3)],
    "주차비는요?": [("parking", 0.95)],
    "언제까지 하나요?": [("period", 0.95)],
    "예산이 얼마예요? > 그럼 언제?": [("period", 0.95)],
    "언제까지 하나요? > 그럼 얼마?": [("budget", 0.95)],
    "How long does it take? > And how much?": [("budget", 0.95)],
}


@dataclass
class World:
    """Everything there is to look at in a test."""

    telegram: LocalTelegram
    records: MemoryRecords = field(default_factory=MemoryRecords)
    matcher: FixedMatcher = field(default_factory=lambda: FixedMatcher(KNOWLEDGE, KNOWN))
    conversations: PassingConversations = field(default_factory=PassingConversations)
    now: datetime = datetime(2026, 11, 22, tzinfo=UTC)
    services: Services = field(init=False)
    application: TelegramApplication = field(init=False)

    def __post_init__(self) -> None:
        memory = Memory(self.conversations, timedelta(minutes=10))
        assistant = Assistant(KNOWLEDGE, Finder(self.matcher), self.records, lambda: self.now, memory)
        self.services = Services(assistant, Presenter(assistant, UTC), retention_days=180)
        self.application = build_application(TOKEN, self.services, request=self.telegram)

    async def settled(self) -> None:
        """Waits until the assistant has done all it does."""
        await self.telegram.all_confirmed()
        await self.application.update_queue.join()

    def citizen(self, user_id: int = 7, language_code: str | None = "ko", group_id: int | None = None) -> Citizen:
        """Somebody who writes to the assistant."""
        return Citizen(self.telegram, self.settled, user_id, language_code, group_id)


@asynccontextmanager
async def a_world() -> AsyncIterator[World]:
    """A running assistant."""
    world = World(LocalTelegram())
    async with running(world.application):
        yield world
