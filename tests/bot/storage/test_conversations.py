"""What conversations are about is kept alike in a database and in a process; only the first outlives the process."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dialogue.memory import Conversations, PassingConversations
from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question

LATER = NOON + timedelta(minutes=10)


@pytest.fixture(params=["database", "process"])
def conversations(request: pytest.FixtureRequest, storage: Storage) -> Conversations:
    return storage.conversations if request.param == "database" else PassingConversations()


async def test_text_is_recalled_until_its_time_is_over(conversations: Conversations) -> None:
    await conversations.remember("telegram:1", "예산이 얼마예요?", LATER)
    moments = (NOON, LATER - timedelta(seconds=1), LATER, LATER + timedelta(days=1))
    assert [await conversations.recall("telegram:1", moment) for moment in moments] == [
        "예산이 얼마예요?", "예산이 얼마예요?", None, None,
    ]  # fmt: skip


async def test_newer_text_takes_the_place_of_the_older(conversations: Conversations) -> None:
    await conversations.remember("telegram:1", "first", NOON)
    await conversations.remember("telegram:1", "second", LATER)
    assert await conversations.recall("telegram:1", NOON) == "second"


async def test_conversations_know_nothing_of_each_other(conversations: Conversations) -> None:
    await conversations.remember("telegram:1", "one", LATER)
    await conversations.remember("telegram:12", "twelve", LATER)
    names = ("telegram:1", "telegram:12", "telegram:2", "telegram", "")
    assert [await conversations.recall(name, NOON) for name in names] == ["one", "twelve", None, None, None]


async def test_forgotten_text_is_gone_and_may_be_forgotten_again(conversations: Conversations) -> None:
    await conversations.remember("telegram:1", "one", LATER)
    await conversations.remember("telegram:2", "two", LATER)
    for _ in range(2):
        await conversations.forget("telegram:1")
    assert [await conversations.recall(f"telegram:{number}", NOON) for number in (1, 2)] == [None, "two"]


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "😀", "'; DROP TABLE conversations", "가" * 300])
async def test_any_text_and_name_can_be_kept(conversations: Conversations, text: str) -> None:
    await conversations.remember(f"ask:{text}", text, LATER)
    recalled = await conversations.recall(f"ask:{text}", NOON)
    assert recalled in (text, "a\N{REPLACEMENT CHARACTER}b")


async def test_many_conversations_at_once_are_all_kept(conversations: Conversations) -> None:
    await asyncio.gather(*(conversations.remember(str(number), f"text {number}", LATER) for number in range(30)))
    recalled = await asyncio.gather(*(conversations.recall(str(number), NOON) for number in range(30)))
    assert recalled == [f"text {number}" for number in range(30)]


async def test_quiet_conversations_leave_the_process_first() -> None:
    passing = PassingConversations(most=2)
    await passing.remember("a", "a", LATER)
    await passing.remember("b", "b", LATER)
    await passing.recall("a", NOON)
    await passing.remember("c", "c", LATER)
    assert [await passing.recall(name, NOON) for name in "abc"] == ["a", None, "c"]


async def test_another_instance_recalls_what_this_one_remembered(url: str) -> None:
    async with Storage.open(url) as one, Storage.open(url) as other:
        await one.conversations.remember("telegram:1", "one", LATER)
        assert await other.conversations.recall("telegram:1", NOON) == "one"
    async with Storage.open(url) as after_a_restart:
        assert await after_a_restart.conversations.recall("telegram:1", NOON) == "one"


async def test_name_of_a_conversation_is_in_no_file(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.conversations.remember("telegram:31415926", "words", LATER)
        content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"words" in content
    assert b"31415926" not in content


async def test_locked_database_is_told_and_holds_no_question_up_for_long(
    sqlite_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Storage.open(sqlite_url, busy_timeout=0.5) as storage:
        with closing(sqlite3.connect(file)) as locking:
            locking.execute("BEGIN IMMEDIATE")
            assert await _waits_for_the_lock(storage, 20, monkeypatch) < 5, "they wait one after another"
            assert await storage.conversations.recall("0", NOON) is None
        assert await storage.questions.record(a_question())


async def _waits_for_the_lock(storage: Storage, count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often SQLite waits for the lock, each time as long as it may, until so many memories have failed."""
    waits: list[object] = []
    backend = storage._database.backend
    run = backend.run

    async def noted(connection: AsyncConnection, work: Any) -> Any:
        waits.append(work)
        return await run(connection, work)

    monkeypatch.setattr(backend, "run", noted)
    memories = [storage.conversations.remember(str(number), "words", LATER) for number in range(count)]
    failures = await asyncio.gather(*memories, return_exceptions=True)
    assert all(isinstance(failure, StorageError) for failure in failures)
    return len(waits)
