"""Killed processes, locked and full databases: nothing that was stored is lost, nothing half done stays."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON
from tests.bot.storage.delivering import a_call, an_update, bodies, claimed, texts
from tests.bot.storage.processes import a_process, line_of

_STORE_AND_HANDLE = """
import asyncio, sys
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question
from tests.bot.storage.delivering import a_call, an_update

async def store(inbox):
    for number in range(100_000):
        await inbox.add([an_update(f"{number}:{part}", part) for part in range(3)], NOON)
        print("stored", 3 * (number + 1), flush=True)

async def handle(storage, inbox):
    outbox = storage.outbox("telegram")
    while True:
        for head in await inbox.claim(3, NOON):
            async with storage.unit():
                await storage.questions.record(a_question(str(head.number), str(head.number)))
                await outbox.add([a_call(str(head.number), head.chat)], NOON)
                await inbox.finish(head.number)
            print("handled", head.number, flush=True)
        await asyncio.sleep(0)

async def main(url):
    async with Storage.open(url) as storage:
        inbox = storage.inbox("telegram")
        await asyncio.gather(store(inbox), handle(storage, inbox))

asyncio.run(main(sys.argv[1]))
"""

_FULL_DISK = """
import asyncio, resource, sys
from pathlib import Path
from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question
from tests.bot.storage.delivering import a_call, an_update, bodies, claimable, claimed

async def failures(storage, inbox, outbox):
    for number in range(1000):
        try:
            await inbox.add([an_update(str(number), number, "x" * 2000)], NOON)
        except StorageError:
            break
    async def unit():
        async with storage.unit():
            await storage.questions.record(a_question("in the unit", "x" * 100_000))
            await inbox.finish((await claimable(inbox, 1))[0].number)
    calls = 1
    for attempt in (unit(), claimed(outbox)):
        try:
            await attempt
        except StorageError as error:
            print(error)
    try:  # a connection whose commit failed is closed, which can make room in the log for a last one
        await outbox.add([a_call("x" * 100_000)], NOON)
        calls += 1
    except StorageError as error:
        print(error)
    return number, calls

async def main(url):
    async with Storage.open(url) as storage:
        inbox, outbox = storage.inbox("telegram"), storage.outbox("telegram")
        await outbox.add([a_call("before")], NOON)
        largest = max(file.stat().st_size for file in Path(sys.argv[2]).parent.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 300_000, resource.RLIM_INFINITY))
        stored, calls = await failures(storage, inbox, outbox)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert len(await bodies(inbox, 10_000)) == stored, "what was confirmed is stored, and nothing else"
        assert await inbox.add([an_update(str(number)) for number in range(stored + 1)], NOON) == 1
        assert await storage.questions.listed() == []
        await outbox.add([a_call("after", 2)], NOON)
        assert (await outbox.counts()).waiting == calls + 1, "what was confirmed waits, and nothing else"

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize("handled", [1, 40])
async def test_killed_process_loses_nothing_and_does_nothing_by_halves(url: str, handled: int) -> None:
    last = {"stored": 0, "handled": 0}
    with a_process(_STORE_AND_HANDLE, url) as process:
        count = 0
        while count < handled:
            what, number = line_of(process).split()
            last[what] = int(number)
            count += what == "handled"
    async with Storage.open(url) as storage:
        inbox, outbox = storage.inbox("telegram"), storage.outbox("telegram")
        questions = {question.text for question in await storage.questions.listed()}
        waiting = (await inbox.counts()).waiting
        assert str(last["handled"]) in questions
        assert waiting + len(questions) >= last["stored"]
        answered = (await outbox.counts()).waiting
        assert answered == len(questions)
        batches, rest = divmod(waiting + answered, 3)
        assert rest == 0
        again = [an_update(f"{number}:{part}", part) for number in range(batches) for part in range(3)]
        assert await inbox.add(again, NOON) == 0


def test_full_disk_confirms_nothing_and_is_got_over(sqlite_url: str, file: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", _FULL_DISK, sqlite_url, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert told
    assert all("disk is full" in line for line in told), told


async def test_database_locked_for_long_confirms_nothing_and_is_used_again(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url, busy_timeout=0.2) as storage:
        inbox, outbox = storage.inbox("telegram"), storage.outbox("telegram")
        await outbox.add([a_call()], NOON)
        with closing(sqlite3.connect(file, isolation_level=None)) as locking:
            locking.execute("BEGIN IMMEDIATE")
            attempts = [inbox.add([an_update(str(number))], NOON) for number in range(20)]
            failures = await asyncio.gather(*attempts, claimed(outbox), return_exceptions=True)
            assert {type(failure) for failure in failures} == {StorageError}
            assert await bodies(inbox) == []
        assert await inbox.add([an_update(str(number)) for number in range(20)], NOON) == 20
        assert texts(await claimed(outbox)) == ["words"]


async def test_everyone_who_waits_for_a_locked_database_is_told_soon(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url, busy_timeout=2) as storage:
        inbox = storage.inbox("telegram")
        with closing(sqlite3.connect(file, isolation_level=None)) as locking:
            locking.execute("BEGIN IMMEDIATE")
            attempts = [inbox.add([an_update(str(number))], NOON) for number in range(50)]
            async with asyncio.timeout(60):  # one after the other they would take 100 seconds
                await asyncio.gather(*attempts, return_exceptions=True)
