"""Questions, and what conversations were about, are destroyed in time while the assistant runs."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.records.questions import NewQuestion, QuestionState
from bot.storage.storage import Storage
from knowledge.finding import Outcome

NOW = datetime(2024, 1, 31, tzinfo=UTC)


async def purged_until(storage: Storage, is_done: Callable[[], Awaitable[bool]], **pauses: float) -> None:
    """Lets the purge run until something is so, as long as a busy machine needs for it."""
    purging = asyncio.create_task(storage.purge_regularly(30, lambda: NOW, **pauses))
    async with asyncio.timeout(60):
        while not await is_done():  # noqa: ASYNC110 - the purge tells nobody
            await asyncio.sleep(0.01)
    purging.cancel()
    with suppress(asyncio.CancelledError):
        await purging


async def test_old_questions_are_destroyed_and_others_kept(tmp_path: Path) -> None:
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/test.db") as storage:
        for days in (5, 40):
            asked_at = NOW - timedelta(days=days)
            question = NewQuestion(str(days), f"{days}일 전", "ko", Outcome.FALLBACK, QuestionState.OPEN, (), asked_at)
            await storage.questions.record(question)

        async def only_the_new_one_is_there() -> bool:
            return [question.text for question in await storage.questions.listed()] == ["5일 전"]

        await purged_until(storage, only_the_new_one_is_there)


async def test_ended_conversations_are_destroyed_and_others_kept(tmp_path: Path) -> None:
    early, late = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/test.db") as storage:
        await storage.conversations.remember("telegram:1", "지난 질문", early)
        await storage.conversations.remember("telegram:2", "새 질문", late)

        async def old_one_is_gone() -> bool:
            return await storage.conversations.recall("telegram:1", early - timedelta(1)) is None

        await purged_until(storage, old_one_is_gone)
        assert await storage.conversations.recall("telegram:2", early - timedelta(1)) == "새 질문"


async def test_failing_database_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(Storage, "purge", fail)

    async def it_was_told_twice() -> bool:
        return caplog.text.count("the disk is full") > 1

    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/test.db") as storage:
        await purged_until(storage, it_was_told_twice, pause=0.01)
