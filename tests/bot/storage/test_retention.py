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
from tests.bot.follow_up.building import CHANNEL, Office

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


async def test_words_of_whoever_is_forgotten_are_in_no_file_soon_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.storage._SECONDS_TO_TELL", 0.01)
    words, purge, purges = "지워져야 하는 문장", Storage.purge, asyncio.Semaphore(0)

    async def counted(storage: Storage, now: datetime, retention_days: int) -> None:
        await purge(storage, now, retention_days)
        purges.release()

    monkeypatch.setattr(Storage, "purge", counted)
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/test.db") as storage:
        purging = asyncio.create_task(storage.purge_regularly(30, lambda: NOW, pause=3600))
        await purges.acquire()
        office = Office(storage)
        await office.follow_up.citizens.add_note(await office.ask("셔틀 있나요?", 7), words)
        assert _files_with(words, tmp_path)
        async with storage.unit():
            await office.follow_up.citizens.forget(CHANNEL, 7)
        async with asyncio.timeout(60):
            await purges.acquire()
        assert _files_with(words, tmp_path) == []
        purging.cancel()


def _files_with(words: str, folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if words.encode() in file.read_bytes()]


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
