"""A small knowledge base behind the real handlers, in a Telegram inside the process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from tempfile import TemporaryDirectory

from bot.dialogue.assistant import Assistant
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.memory import Memory
from bot.dialogue.presenter import Presenter
from bot.errors import UnknownQuestionError
from bot.follow_up.service import FollowUp
from bot.matcher_process import InThread
from bot.questions import QuestionState
from bot.storage.storage import Storage
from handlers.telegram.bot import build_bot
from handlers.telegram.door import Channel, Door
from handlers.telegram.running import ready, running, serve
from handlers.telegram.updates.router import Router
from knowledge.base import Bilingual, Entry, KnowledgeBase, Source, Topic
from knowledge.finding import Finder
from tests.doubles import FixedMatcher
from tests.local_telegram.citizen import Citizen
from tests.local_telegram.telegram import TOKEN, LocalTelegram

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

    storage: Storage
    telegram: LocalTelegram = field(default_factory=LocalTelegram)
    matcher: FixedMatcher = field(default_factory=lambda: FixedMatcher(KNOWLEDGE, KNOWN))
    now: datetime = datetime(2026, 11, 22, tzinfo=UTC)
    token: str = TOKEN
    file: str = ""
    router: Router = field(init=False)
    door: Door = field(init=False)

    def __post_init__(self) -> None:
        memory = Memory(self.storage.conversations, timedelta(minutes=10))
        finder = InThread(KNOWLEDGE, Finder(self.matcher))
        assistant = Assistant(finder, self.storage.questions, lambda: self.now, memory)
        follow_up = FollowUp(self.storage, lambda: KNOWLEDGE, lambda: self.now, UTC)
        self.router = Router(Dialogue(assistant, Presenter(assistant, UTC), follow_up, retention_days=180))
        self.door = Door(build_bot(self.token, request=self.telegram), self.storage, Channel("telegram", self.clock))

    def clock(self) -> datetime:
        """The time that passes while the test runs, for pauses between attempts."""
        return datetime.now(UTC)

    async def serve(self) -> None:
        """Runs the assistant until it is cancelled."""
        await serve(self.door, self.door.fetch, ready(self.router))

    async def settled(self) -> None:
        """Waits until the assistant has done all it does."""
        await self.telegram.all_confirmed()
        await self.door.settled()

    async def states(self) -> list[QuestionState]:
        """The state of every recorded question, oldest first."""
        states: list[QuestionState] = []
        with suppress(UnknownQuestionError):
            while True:
                states.append((await self.storage.questions.get(len(states) + 1)).state)
        return states

    def citizen(self, user_id: int = 7, language_code: str | None = "ko", group_id: int | None = None) -> Citizen:
        """Somebody who writes to the assistant."""
        return Citizen(self.telegram, self.settled, user_id, language_code, group_id)


@asynccontextmanager
async def a_stopped_world(token: str = TOKEN, busy_timeout: float = 5.0) -> AsyncIterator[World]:
    """An assistant that does not run yet, over a database of its own."""
    with TemporaryDirectory() as folder:
        file = f"{folder}/assistant.db"
        async with Storage.open(f"sqlite+aiosqlite:///{file}", busy_timeout=busy_timeout) as storage:
            yield World(storage, token=token, file=file)


@asynccontextmanager
async def a_world() -> AsyncIterator[World]:
    """A running assistant."""
    async with a_stopped_world() as world, running(world.door, world.door.fetch, ready(world.router)):
        yield world
