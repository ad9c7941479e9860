"""A whole small service whose chats are kept: the dialogue of the small city, the follow-up, and a clock to turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.dialogue.assistant import Assistant
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.memory import Memory
from bot.dialogue.presenter import Presenter
from bot.follow_up.service import FollowUp
from bot.metrics import Metrics
from bot.records.groups import StaffMember
from bot.records.kept_messages import KeptMessage
from bot.storage.storage import Storage
from bot.transcript.kept_chats import CHANNEL, KeptChats, KeptNotices, SentForm, Taken
from tests.bot.dialogue.small_city import KNOWLEDGE, KNOWN
from tests.bot.follow_up.building import Clock, FirstWords
from tests.doubles import ReplaceableFinder

KIM = StaffMember("web:1", "김주무관")
UNDO_IS_OVER = 61
"""Seconds after which an answer is sent."""


@dataclass
class SmallService:
    """The service over a storage."""

    storage: Storage
    clock: Clock = field(default_factory=Clock)
    finder: ReplaceableFinder = field(default_factory=lambda: ReplaceableFinder(KNOWLEDGE, KNOWN))

    def __post_init__(self) -> None:
        memory = Memory(self.storage.conversations, timedelta(minutes=10))
        assistant = self.assistant = Assistant(self.finder, self.storage.questions, self.clock, memory)
        seoul = ZoneInfo("Asia/Seoul")
        self.follow_up = FollowUp(self.storage, lambda: assistant.knowledge, self.clock, seoul)
        dialogue = Dialogue(assistant, Presenter(assistant, seoul), self.follow_up, 180, [CHANNEL])
        self.metrics = Metrics()
        self.chats = KeptChats(dialogue, self.storage, self.metrics)
        self.placer = FirstWords()
        self.notices = KeptNotices(self.storage.transcripts, self.follow_up.notification.call_ended)

    async def place(self) -> int:
        """Puts what was asked into groups; the number of the newest one."""
        await self.follow_up.placement.place_open(self.placer)
        newest, *_ = await self.storage.questions.listed()
        return await self.follow_up.placement.group_of(newest.number)

    async def answer(self, text: str) -> int:
        """Answers whoever asked last, as staff do, and tells them; how many were told."""
        group = await self.place()
        await self.follow_up.desk.answer(group, text, "ko", KIM)
        self.clock.pass_(seconds=UNDO_IS_OVER)
        return await self.tell()

    async def tell(self) -> int:
        """Tells who is due; how many that were."""
        return await self.follow_up.notification.tell_due({CHANNEL: self.notices})


@dataclass
class Reader:
    """A citizen's browser: sends forms, each under a name of its own, and reads what is in the chat."""

    service: SmallService
    secret: str = "mine"  # noqa: S105  # of a test
    sent: int = 0

    def form(self, **more: str) -> SentForm:
        """What the browser sends along with the next thing."""
        self.sent += 1
        return SentForm(self.secret, str(self.sent), "ko", **more)

    async def say(self, text: str, reply_to: int | None = None) -> Taken:
        """Writes something."""
        return await self.service.chats.say(self.form(), text, reply_to)

    async def press(self, label: str) -> Taken:
        """Presses the newest button of that label."""
        for message in reversed(await self.messages()):
            for button in message.content.buttons:
                if button.label == label:
                    return await self.service.chats.press(self.form(), message.number, button.code)
        raise AssertionError(f"no button {label!r}")

    async def messages(self) -> list[KeptMessage]:
        """What is in the chat."""
        return await self.service.chats.messages(self.secret)

    async def texts(self) -> list[str]:
        """The texts in the chat, without markup."""
        return [message.content.text.replace("**", "") for message in await self.messages()]

    async def labels(self) -> list[str]:
        """The labels of the newest message's buttons."""
        return [button.label for button in (await self.messages())[-1].content.buttons]


@asynccontextmanager
async def a_service() -> AsyncIterator[SmallService]:
    """A service over a database of its own."""
    with TemporaryDirectory() as folder:
        async with Storage.open(f"sqlite+aiosqlite:///{folder}/assistant.db") as storage:
            yield SmallService(storage)
