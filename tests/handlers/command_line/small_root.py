"""A composition root that has a database and nothing else."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.diagnosis import Diagnosis
from bot.dialogue.assistant import Assistant
from bot.follow_up.service import FollowUp
from bot.records.questions import Nearest, NewQuestion, QuestionState
from bot.settings import Settings
from bot.storage.storage import Storage
from handlers.command_line.chat import Conversation
from handlers.command_line.root import Overrides
from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Outcome
from tests.bot.follow_up.building import KNOWLEDGE

MORNING = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)


class SmallRoot:
    """Opens a real database; the other parts are not built."""

    def __init__(self, folder: Path) -> None:
        self.overrides = Overrides(database=f"sqlite+aiosqlite:///{folder / 'assistant.db'}")

    def settings(self) -> Settings:
        """The defaults with the database of the test."""
        return Settings.read(database_url=self.overrides.database, timezone="Asia/Seoul", retention_days=30)

    def storage(self, *, create: bool = True) -> AbstractAsyncContextManager[Storage]:
        """The database of the test, migrated and open."""
        return Storage.open(self.settings().database_url, create=create)

    def follow_up(self, storage: Storage) -> FollowUp:
        """The follow-up over that storage, with a small knowledge base."""
        return FollowUp(storage, lambda: KNOWLEDGE, lambda: datetime.now(UTC), ZoneInfo("Asia/Seoul"))

    def record(self, *texts: str, state: QuestionState = QuestionState.OPEN, days_ago: int = 0) -> None:
        """Records questions that could not be answered."""

        async def run() -> None:
            async with self.storage() as storage:
                for text in texts:
                    await storage.questions.record(_question(text, state, days_ago))

        asyncio.run(run())

    def knowledge(self) -> KnowledgeBase:
        """Not built."""
        raise NotImplementedError

    def opened(self) -> tuple[KnowledgeBase, Finder]:
        knowledge = self.knowledge()
        return knowledge, self.finder(knowledge)

    def finder(self, knowledge: KnowledgeBase) -> Finder:
        """Not built."""
        raise NotImplementedError

    def assistant(self, storage: Storage | None = None) -> Assistant:
        """Not built."""
        raise NotImplementedError

    def conversation(self) -> AbstractAsyncContextManager[Conversation]:
        """Not built."""
        raise NotImplementedError

    async def inspect_telegram(self) -> list[Diagnosis]:
        """Not built."""
        raise NotImplementedError

    def serve(self) -> None:
        """Not built."""
        raise NotImplementedError


def _question(text: str, state: QuestionState, days_ago: int) -> NewQuestion:
    asked_at = (datetime.now(UTC) if days_ago else MORNING) - timedelta(days=days_ago)
    nearest = (Nearest("cluster-budget", 0.25), Nearest("cluster-period", 0.125))
    return NewQuestion(text, text, "ko", Outcome.FALLBACK, state, nearest, asked_at)
