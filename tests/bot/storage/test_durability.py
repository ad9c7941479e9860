"""What was recorded stays recorded: kill -9, cancelled waiting, closing."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import a_question

_RECORD_FOR_EVER = """
import asyncio, itertools, sys
from bot.storage.storage import Storage
from tests.bot.storage.building import a_question

async def main(url):
    async with Storage.open(url) as storage:
        for number in itertools.count():
            print(await storage.questions.record(a_question(str(number))), flush=True)

asyncio.run(main(sys.argv[1]))
"""


def _told_until_killed(url: str, after: int) -> list[int]:
    """The numbers that a process told after recording questions, until it was killed."""
    command = [sys.executable, "-c", _RECORD_FOR_EVER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = [int(process.stdout.readline()) for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        return told + [int(line) for line in process.stdout if line.endswith("\n")]


@pytest.mark.parametrize("after", [1, 50, pytest.param(200, marks=pytest.mark.soak)])
async def test_recorded_question_survives_kill_9(sqlite_url: str, after: int) -> None:
    told = _told_until_killed(sqlite_url, after)
    async with Storage.open(sqlite_url) as storage:
        kept = {question.number for question in await storage.questions.listed()}
    assert kept >= set(told)
    assert len(kept) <= len(told) + 1


async def test_cancelled_recording_leaves_nothing_locked(sqlite_url: str) -> None:
    async with Storage.open(sqlite_url) as storage:
        for number in range(100):
            recording = asyncio.create_task(storage.questions.record(a_question(str(number))))
            await asyncio.sleep(number / 50_000)
            recording.cancel()
        async with Storage.open(sqlite_url, busy_timeout=30) as other:
            await other.questions.record(a_question("other"))


async def test_closing_ends_what_is_running_and_every_thread(sqlite_url: str) -> None:
    threads = threading.active_count()
    async with Storage.open(sqlite_url) as storage:
        for number in range(20):
            task = asyncio.create_task(storage.questions.record(a_question(str(number))))
            await asyncio.sleep(0)
            task.cancel()
    async with Storage.open(sqlite_url) as storage:
        assert len(await storage.questions.listed()) == 20
    await asyncio.sleep(0.2)  # a thread says that it has closed its connection shortly before it ends
    assert threading.active_count() <= threads  # another test's may have ended meanwhile


async def test_closed_storage_says_so(storage: Storage) -> None:
    await storage._database.close()
    with pytest.raises(StorageError, match="is closed"):
        await storage.questions.record(a_question())


async def test_files_are_their_owners_alone(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question())
        modes = {path.name: path.stat().st_mode & 0o077 for path in file.parent.iterdir()}
    assert modes == dict.fromkeys(("assistant.db", "assistant.db-wal", "assistant.db-shm", "assistant.db.key"), 0)


@pytest.mark.usefixtures("synced")
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
async def test_connection_keeps_questions_safe(sqlite_url: str, pragma: str, value: object) -> None:
    def work(connection: Connection) -> object:
        return connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()

    async with Storage.open(sqlite_url) as storage:
        assert await storage._database.read(work) == value


async def test_log_that_grew_behind_a_long_reader_is_cut_by_what_is_written_after_it(
    sqlite_url: str, file: Path
) -> None:
    log = file.with_name(f"{file.name}-wal")
    async with Storage.open(sqlite_url) as storage:
        with closing(sqlite3.connect(file)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM questions").fetchone()
            for number in range(8):
                await storage.made_once(f"large-{number}", lambda: "x" * 1_000_000)
            assert log.stat().st_size > 8_000_000
        for _ in range(2):
            await storage.prove_writing()
        assert log.stat().st_size < 5_000_000
