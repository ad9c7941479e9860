"""Each part is asked to do some of its work, and what it says holds no address."""

import asyncio
import logging
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from bot.matcher_process.child import Timing
from bot.readiness import Readiness, levels_of, problem_of_database, problem_of_knowledge
from bot.storage.storage import Storage
from tests.bot.matcher_process.small_opening import pid, write_version
from tests.bot.matcher_process.starting import running
from tests.bot.storage.building import NOON, a_question
from tests.postgresql import PostgreSQLServer


async def _well() -> str:
    return ""


async def test_a_part_that_does_not_answer_is_not_well() -> None:
    async def hang() -> str:
        await asyncio.Event().wait()
        return ""

    parts = Readiness({"database": hang, "telegram": _well}, seconds=0.05)
    assert await parts.problems() == {"database": "no answer within 0.05 seconds", "telegram": ""}


async def test_the_log_tells_what_changed(caplog: pytest.LogCaptureFixture) -> None:
    problems = ["it does not answer", "it does not answer", ""]

    async def probe() -> str:
        return problems.pop(0)

    parts = Readiness({"telegram": probe})
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            await parts.problems()
    assert [record.getMessage() for record in caplog.records] == [
        "Not ready, telegram: it does not answer",
        "Ready again: telegram",
    ]


async def test_a_database_is_well_when_it_keeps_what_is_written(tmp_path: Path) -> None:
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/a.db") as storage:
        assert not await problem_of_database(storage)


async def test_a_removed_file_is_no_database_any_more(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/a.db") as storage:
        (tmp_path / "a.db").unlink()
        problem = await problem_of_database(storage)
        assert storage.failures == 0
    assert problem.startswith("nothing can be written")
    assert str(tmp_path) not in problem
    assert str(tmp_path) in caplog.text


@pytest.mark.parametrize("table", ["inbox", "outbox", "questions"])
async def test_a_table_that_nobody_may_write_to_is_told(
    postgresql: PostgreSQLServer, postgresql_url: str, table: str
) -> None:
    async with Storage.open(postgresql_url, busy_timeout=1) as storage:
        with postgresql.holding(f"LOCK TABLE {table} IN SHARE MODE", postgresql_url):
            assert await problem_of_database(storage)
        assert not await problem_of_database(storage)


async def test_a_server_that_is_away_is_no_database(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    async with Storage.open(postgresql_url) as storage:
        assert not await problem_of_database(storage)
        await asyncio.to_thread(postgresql.stop)
        try:
            problem = await problem_of_database(storage)
        finally:
            await asyncio.to_thread(postgresql.start)
        assert storage.failures
    assert problem == "nothing can be written to it; the log says why"


async def test_knowledge_is_well_when_it_answers(tmp_path: Path) -> None:
    async with running(write_version(tmp_path, 1)) as finder:
        assert not await problem_of_knowledge(finder)


async def test_knowledge_is_being_loaded_at_first(tmp_path: Path) -> None:
    async with running(write_version(tmp_path, 1), ready=False) as finder:
        assert await problem_of_knowledge(finder) == "it is being loaded"


async def test_a_stopped_process_is_noticed_and_replaced(tmp_path: Path) -> None:
    timing = Timing(longest_answer=2.0, pauses=(0.0,))
    async with running(write_version(tmp_path, 1), timing=timing) as finder:
        os.kill(await finder.ask(pid), signal.SIGSTOP)
        parts = Readiness({"knowledge": lambda: problem_of_knowledge(finder)}, seconds=0.1)
        assert (await parts.problems())["knowledge"]
        assert not await problem_of_knowledge(finder)
        assert finder.restarts == 1
        assert finder.memory_bytes


async def test_levels_are_those_of_the_questions_and_of_the_process_that_answers(tmp_path: Path) -> None:
    async with (
        Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}") as storage,
        running(write_version(tmp_path, 1), ready=False) as finder,
    ):
        assert (await levels_of(storage, finder, NOON)).knowledge_entries is None
        await finder.ready()
        await storage.questions.record(a_question())
        levels = await levels_of(storage, finder, NOON + timedelta(minutes=1))
        assert (levels.questions_open, levels.questions_oldest_seconds) == (1, 60.0)
        assert levels.knowledge_entries == len(finder.knowledge.entries)
        assert levels.matcher_memory_bytes
