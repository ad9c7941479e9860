"""Each way in which a database cannot be used gives one plain line, and leaves the file as it is."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import a_question, content, move, overwrite, permit

_NOBODY = 65534


async def _error(url: str, busy_timeout: float = 0.1) -> str:
    with pytest.raises(StorageError) as caught:
        async with Storage.open(url, busy_timeout=busy_timeout) as storage:
            await storage.questions.record(a_question())
    assert "\n" not in str(caught.value)
    return str(caught.value)


@contextmanager
def _without_privileges(folder: Path) -> Iterator[None]:
    """Root may write anywhere; for the time of the context the tests are nobody."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.parents):
        if path.stat().st_uid == 0 and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o555)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://x", "begins with 'mysql'; write one of: sqlite"),
        ("assistant.db", "is no address; write sqlite"),
        ("sqlite+aiosqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("postgresql+asyncpg://me:secret@127.0.0.1:1/db", r"me:\*\*\*@127.0.0.1:1/db cannot be reached"),
    ],
)
async def test_address_that_leads_nowhere(url: str, said: str) -> None:
    with pytest.raises(StorageError, match=said) as caught:
        async with Storage.open(url):
            pass
    assert "secret" not in str(caught.value)


async def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be opened" in await _error(f"sqlite+aiosqlite:///{tmp_path}/file/assistant.db")


async def test_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    assert "Is a directory; name another file" in await _error(f"sqlite+aiosqlite:///{tmp_path}")


async def test_folder_that_is_not_writable(tmp_path: Path) -> None:
    permit(tmp_path, 0o555)
    with _without_privileges(tmp_path):
        assert "is not writable; give this program the right" in await _error(
            f"sqlite+aiosqlite:///{tmp_path}/assistant.db"
        )


async def test_file_that_is_read_only(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url):
        pass
    permit(file, 0o444)
    with _without_privileges(file.parent):
        assert "is not writable; give this program the right" in await _error(sqlite_url)


@pytest.mark.parametrize("letter", [b"this is not a database, it is a letter to the mayor", b"\0" * 5000])
async def test_file_that_is_no_database(tmp_path: Path, letter: bytes) -> None:
    file = tmp_path / "letter.txt"
    overwrite(file, letter)
    assert f"{file} is not a database; it was left as it is" in await _error(f"sqlite+aiosqlite:///{file}")
    assert content(file) == letter


async def test_database_that_is_damaged(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question())
    damaged = content(file)[:100] + b"\xff" * 9_000
    overwrite(file, damaged)
    assert "is damaged; it was left as it is: restore a backup" in await _error(sqlite_url)
    assert content(file) == damaged


async def test_database_that_is_locked_for_long(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url, busy_timeout=0.1) as storage:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError, match="is locked by another program; stop that program"):
                await storage.questions.record(a_question())
        assert await storage.questions.record(a_question())


async def test_database_that_is_locked_for_a_moment_is_waited_for(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            recording = asyncio.create_task(storage.questions.record(a_question()))
            await asyncio.sleep(0.3)
        assert await recording


_FULL_DISK = """
import asyncio, resource, sys
from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import a_question

async def main(url):
    async with Storage.open(url) as storage:
        await storage.questions.record(a_question("before"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
        try:
            for number in range(1000):
                await storage.questions.record(a_question(str(number), "가" * 1000))
        except StorageError as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await storage.questions.record(a_question("after"))
        print(number, len(await storage.questions.listed()))

asyncio.run(main(sys.argv[1]))
"""


def test_full_disk_is_told_and_gets_over(sqlite_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _FULL_DISK, sqlite_url], capture_output=True, text=True, check=True
    )
    error, figures = done.stdout.splitlines()
    recorded, listed = map(int, figures.split())
    assert "disk is full" in error
    assert listed == recorded + 2
    assert done.stderr == ""


@pytest.mark.parametrize("replaced", [False, True], ids=["removed", "replaced"])
async def test_removed_or_replaced_file_is_noticed_and_nothing_confirmed(
    sqlite_url: str, file: Path, replaced: bool
) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question("before"))
        elsewhere = move(file, "moved.db")
        if replaced:
            overwrite(file, content(elsewhere))
        with pytest.raises(StorageError, match="was removed or replaced while this program ran; nothing is written"):
            await storage.questions.record(a_question("meanwhile"))
        with pytest.raises(StorageError, match="was removed or replaced"):
            await storage.questions.listed()
        move(elsewhere, file.name)
        await storage.questions.record(a_question("after"))
        assert len(await storage.questions.listed()) == 2
