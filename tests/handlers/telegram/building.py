"""A small knowledge base behind the real handlers, in a Telegram inside the process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.dialogue.assistant import Assistant
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.memory import Memory
from bot.dialogue.presenter import Presenter
from bot.errors import UnknownQuestionError
from bot.follow_up.service import FollowUp
from bot.journal import Journal
from bot.matcher_process.async_finder import InThread
from bot.records.questions import QuestionState
from bot.storage.storage import Storage
from handlers.telegram.bot import build_bot
from handlers.telegram.door import Channel, Door
from handlers.telegram.lifecycle import running, serve
from handlers.telegram.updates.transaction import Router
from knowledge.finding import Finder
from tests.bot.dialogue.small_city import KNOWLEDGE, KNOWN
from tests.doubles import FixedMatcher
from tests.local_telegram.citizen import Citizen
from tests.local_telegram.telegram import TOKEN, LocalTelegram

_LOOKING_AGAIN = 0.005


@dataclass
class World:
    """Everything there is to look at in a test."""

    storage: Storage
    telegram: LocalTelegram = field(default_factory=LocalTelegram)
    matcher: FixedMatcher = field(default_factory=lambda: FixedMatcher(KNOWLEDGE, KNOWN))
    now: datetime = datetime(2026, 11, 22, tzinfo=UTC)
    token: str = TOKEN
    file: str = ""
    journal: Journal | None = None
    router: Router = field(init=False)
    door: Door = field(init=False)

    def __post_init__(self) -> None:
        memory = Memory(self.storage.conversations, timedelta(minutes=10))
        finder = InThread(KNOWLEDGE, Finder(self.matcher))
        assistant = Assistant(finder, self.storage.questions, lambda: self.now, memory)
        follow_up = FollowUp(self.storage, lambda: KNOWLEDGE, lambda: self.now, UTC)
        self.router = Router(Dialogue(assistant, Presenter(assistant, UTC), follow_up, retention_days=180))
        self.door = Door(
            build_bot(self.token, request=self.telegram),
            self.storage,
            Channel("telegram", self.clock, journal=self.journal),
        )

    def clock(self) -> datetime:
        """The time that passes while the test runs, for pauses between attempts."""
        return datetime.now(UTC)

    async def serve(self) -> None:
        """Runs the assistant until it is cancelled."""
        await serve(self.door, self.door.polling.run, ready(self.router))

    async def settled(self) -> None:
        """Waits until nothing is left to handle, to send or to acknowledge; what is in the outbox is sent at once."""
        await self.telegram.all_confirmed()
        self.door.sender.wake()
        while not await self._is_settled():  # noqa: ASYNC110 - the database has no event to wait for
            await asyncio.sleep(_LOOKING_AGAIN)

    async def _is_settled(self) -> bool:
        if self.door.is_busy() or (await self.door.inbox.counts()).waiting:
            return False
        return not (await self.door.outbox.counts()).waiting

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


async def ready(router: Router) -> Router:
    """A router that is there already."""
    return router


@asynccontextmanager
async def a_stopped_world(
    token: str = TOKEN, busy_timeout: float = 5.0, *, has_journal: bool = False
) -> AsyncIterator[World]:
    """An assistant that does not run yet, over a database of its own."""
    with TemporaryDirectory() as folder:
        file = f"{folder}/assistant.db"
        async with Storage.open(f"sqlite+aiosqlite:///{file}", busy_timeout=busy_timeout) as storage:
            journal = Journal.open(Path(folder) / "journal", 65536) if has_journal else None
            yield World(storage, token=token, file=file, journal=journal)


@asynccontextmanager
async def a_world() -> AsyncIterator[World]:
    """A running assistant."""
    async with a_stopped_world() as world, running(world.door, world.door.polling.run, ready(world.router)):
        yield world
