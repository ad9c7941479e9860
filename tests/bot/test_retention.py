"""Questions, and what conversations were about, are destroyed in time while the assistant runs."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.lasting_tasks import purge_regularly
from bot.questions import NewQuestion, QuestionState
from bot.storage.storage import Storage
from knowledge.finding import Outcome

NOW = datetime(2024, 1, 31, tzinfo=UTC)


async def test_old_questions_are_destroyed_and_others_kept(tmp_path: Path) -> None:
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/test.db") as storage:
        for days in (5, 40):
            asked_at = NOW - timedelta(days=days)
            question = NewQuestion(str(days), f"{days}일 전", "ko", Outcome.FALLBACK, QuestionState.OPEN, (), asked_at)
            await storage.questions.record(question)
        with suppress(TimeoutError):
            await asyncio.wait_for(purge_regularly(storage, 30, lambda: NOW), 0.3)
        assert [question.text for question in await storage.questions.listed()] == ["5일 전"]


async def test_ended_conversations_are_destroyed_and_others_kept(tmp_path: Path) -> None:
    early, late = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/test.db") as storage:
        await storage.conversations.remember("telegram:1", "지난 질문", early)
        await storage.conversations.remember("telegram:2", "새 질문", late)
        with suppress(TimeoutError):
            await asyncio.wait_for(purge_regularly(storage, 30, lambda: NOW), 0.3)
        kept = [await storage.conversations.recall(name, early - timedelta(1)) for name in ("telegram:1", "telegram:2")]
    assert kept == [None, "새 질문"]


async def test_failing_database_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(Storage, "purge", fail)
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/test.db") as storage:
        with suppress(TimeoutError):
            await asyncio.wait_for(purge_regularly(storage, 30, lambda: NOW, pause=0.01), 0.2)
    assert caplog.text.count("the disk is full") > 1
