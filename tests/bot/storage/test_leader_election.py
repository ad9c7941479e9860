"""One process leads and one owns a file; another takes over when that one ends, however it does."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import a_question
from tests.bot.storage.delivering import until
from tests.bot.storage.processes import a_process, line_of
from tests.postgresql import PostgreSQLServer

_LEAD = """
import asyncio, sys
from bot.storage.storage import Storage

async def work():
    print("leads", flush=True)
    await asyncio.sleep(600)

async def main(url):
    async with Storage.open(url) as storage:
        print("waits", flush=True)
        await storage.lead("receiving", work)

asyncio.run(main(sys.argv[1]))
"""
_OWN = """
import asyncio, sys
from bot.storage.storage import Storage

async def main(url):
    async with Storage.open(url) as storage, storage.own():
        print("owns", flush=True)
        await asyncio.sleep(600)

asyncio.run(main(sys.argv[1]))
"""


class _Work:
    """Something to lead, which says whether it is going on."""

    def __init__(self) -> None:
        self.goes_on = False
        self.times = 0

    async def __call__(self) -> None:
        self.goes_on = True
        self.times += 1
        try:
            await asyncio.sleep(600)
        finally:
            self.goes_on = False

    async def has_begun(self) -> bool:
        return self.goes_on

    async def has_ended(self) -> bool:
        return not self.goes_on


async def test_leader_that_is_killed_is_followed_by_another(url: str) -> None:
    with a_process(_LEAD, url) as leader:
        assert [line_of(leader), line_of(leader)] == ["waits", "leads"]
        async with Storage.open(url) as storage:
            work = _Work()
            leading = asyncio.create_task(storage.lead("receiving", work))
            await asyncio.sleep(1.5)
            assert not work.goes_on
            leader.kill()
            await until(work.has_begun)
            leading.cancel()
            await asyncio.wait([leading])
            assert not work.goes_on


async def test_leads_under_other_names_do_not_wait_for_each_other(url: str) -> None:
    async with Storage.open(url) as one, Storage.open(url) as other:
        works = [_Work(), _Work()]
        tasks = [asyncio.create_task(one.lead("a", works[0])), asyncio.create_task(other.lead("b", works[1]))]
        for work in works:
            await until(work.has_begun)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def test_lead_is_passed_on_when_the_work_ends_by_itself(url: str) -> None:
    async def nothing() -> None:
        pass

    async with Storage.open(url) as one, Storage.open(url) as other:
        await one.lead("receiving", nothing)
        await other.lead("receiving", nothing)


async def test_defect_in_the_work_is_raised_and_the_lead_passed_on(url: str) -> None:
    async def broken() -> None:
        raise KeyError("a defect")

    async with Storage.open(url) as one, Storage.open(url) as other:
        for storage in (one, other):
            with pytest.raises(KeyError, match="a defect"):
                await storage.lead("receiving", broken)


async def test_lost_lead_cancels_the_work_until_it_is_regained(
    postgresql: PostgreSQLServer, postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Storage.open(postgresql_url, busy_timeout=1) as storage:
        work = _Work()
        with caplog.at_level(logging.INFO):
            leading = asyncio.create_task(storage.lead("receiving", work))
            await until(work.has_begun)
            postgresql.stop()
            await until(work.has_ended)
            postgresql.start()
            await until(work.has_begun)
        assert work.times == 2
        assert "This process does not lead any more: receiving" in caplog.text
        leading.cancel()
        await asyncio.wait([leading])


async def test_second_assistant_on_a_file_waits_for_the_first_and_says_so_once(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    owns = asyncio.Event()

    async def own(storage: Storage) -> None:
        async with storage.own():
            owns.set()

    async with Storage.open(sqlite_url) as storage:
        with a_process(_OWN, sqlite_url) as first:
            assert line_of(first) == "owns"
            waiting = asyncio.create_task(own(storage))
            await asyncio.sleep(1)
            assert not owns.is_set()
        async with asyncio.timeout(60):
            await waiting
    assert caplog.text.count("Another assistant is running on") == 1


async def test_commands_work_beside_a_running_assistant(sqlite_url: str, tmp_path: Path) -> None:
    with a_process(_OWN, sqlite_url) as assistant:
        assert line_of(assistant) == "owns"
        async with Storage.open(sqlite_url) as storage:
            await storage.questions.record(a_question())
            await storage.backup(tmp_path / "copy.db")
            assert len(await storage.questions.listed()) == 1


async def test_assistants_on_postgresql_own_it_together(postgresql_url: str) -> None:
    async with Storage.open(postgresql_url) as one, Storage.open(postgresql_url) as other, one.own(), other.own():
        pass


async def test_owned_file_is_free_again_at_the_end(sqlite_url: str) -> None:
    async with Storage.open(sqlite_url) as one, Storage.open(sqlite_url) as other:
        for storage in (one, other, one):
            async with storage.own():
                pass


async def test_lock_that_cannot_be_made_is_told(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        file.with_name("assistant.db-owner.lock").mkdir()
        with pytest.raises(StorageError, match="cannot be opened: Is a directory"):
            async with storage.own():
                pass
