"""What goes wrong: each fault lasts as long as its block."""

import asyncio
import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.delivery.memory import family, matchers_of
from tests.delivery.programs import Program
from tests.delivery.subjects import DATABASE_FILE
from tests.delivery.trials.stage import Stage

Fault = Callable[[Stage], AbstractAsyncContextManager[None]]

_SMALL_DISK = 1 << 30
"""Bytes; what is larger is not filled."""
_MOST_CONNECTIONS = 10


@asynccontextmanager
async def full_disk(stage: Stage) -> AsyncIterator[None]:
    """A small disk is filled; on a large one no file of the assistant can grow, which is the same to it."""
    is_small = shutil.disk_usage(stage.folder).total < _SMALL_DISK
    with _filled(stage.folder) if is_small else _no_file_grows(stage.programs[0].pid):
        yield


@contextmanager
def _filled(folder: Path) -> Iterator[None]:
    ballast = folder / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            for size in (1 << 20, 4096, 1):
                with suppress(OSError):
                    while True:
                        file.write(bytes(size))
        yield
    finally:
        ballast.unlink()


@contextmanager
def _no_file_grows(pid: int) -> Iterator[None]:
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (16_384, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))


@asynccontextmanager
async def file_removed(stage: Stage) -> AsyncIterator[None]:
    """The database's files are moved away, and back."""
    away = stage.folder / "away"
    away.mkdir(exist_ok=True)
    files = [file for file in stage.folder.glob(f"{DATABASE_FILE}*") if file.suffix in (".db", ".db-wal", ".db-shm")]
    for file in files:
        file.rename(away / file.name)
    try:
        yield
    finally:
        for file in files:
            (away / file.name).rename(file)


@asynccontextmanager
async def file_locked(stage: Stage) -> AsyncIterator[None]:
    """Another program holds the lock of the database."""
    with closing(sqlite3.connect(stage.folder / DATABASE_FILE, timeout=10, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


def _signal_matchers(program: Program, number: signal.Signals) -> None:
    for pid in matchers_of(program.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, number)


@asynccontextmanager
async def matcher_killed(stage: Stage) -> AsyncIterator[None]:
    """Once."""
    _signal_matchers(stage.programs[-1], signal.SIGKILL)
    yield


@asynccontextmanager
async def matcher_killed_again_and_again(stage: Stage) -> AsyncIterator[None]:
    """Every two seconds, of one instance."""

    async def kill() -> None:
        while True:
            _signal_matchers(stage.programs[-1], signal.SIGKILL)
            await asyncio.sleep(2)

    killing = asyncio.create_task(kill())
    try:
        yield
    finally:
        killing.cancel()


@asynccontextmanager
async def matcher_stopped(stage: Stage) -> AsyncIterator[None]:
    """It hangs."""
    _signal_matchers(stage.programs[-1], signal.SIGSTOP)
    yield


@asynccontextmanager
async def postgresql_stopped(stage: Stage) -> AsyncIterator[None]:
    """The server cuts every connection and is away."""
    assert stage.server
    await asyncio.to_thread(stage.server.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(stage.server.start)


@asynccontextmanager
async def postgresql_hanging(stage: Stage) -> AsyncIterator[None]:
    """The server answers nothing, and goes on afterwards as if nothing had been."""
    assert stage.server
    processes = [int(entry.name) for entry in family(stage.server.pid)]
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in processes:
            os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def ten_connections(stage: Stage) -> AsyncIterator[None]:
    """All instances together get no more than ten."""
    assert stage.server
    limit = f"ALTER DATABASE {stage.database_name} CONNECTION LIMIT"
    stage.server.say(f"{limit} {_MOST_CONNECTIONS}", stage.database)
    stage.server.cut(stage.database)
    try:
        yield
    finally:
        stage.server.say(f"{limit} -1", stage.database)


@asynccontextmanager
async def table_locked(stage: Stage) -> AsyncIterator[None]:
    """Another program holds a lock for which every statement on the incoming updates waits."""
    assert stage.server
    with stage.server.holding("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE", stage.database):
        yield


def _telegram_fails(**fault: Any) -> Fault:
    @asynccontextmanager
    async def failing(stage: Stage) -> AsyncIterator[None]:
        await stage.api.break_calls(fault)
        try:
            yield
        finally:
            await stage.api.tell("mend")

    return failing


telegram_away = _telegram_fails(kind="reset")
telegram_silent = _telegram_fails(kind="timeout", hold=60.0)
telegram_slow = _telegram_fails(kind="slow", hold=5.0)


@asynccontextmanager
async def telegram_away_from_one(stage: Stage) -> AsyncIterator[None]:
    """The last instance cannot reach it; the others can."""
    assert stage.wire
    stage.wire.cut()
    try:
        yield
    finally:
        stage.wire.mend()


@asynccontextmanager
async def telegram_silent_to_one(stage: Stage) -> AsyncIterator[None]:
    """It takes the calls of the last instance and answers none, and answers those of the others."""
    assert stage.wire
    stage.wire.hang()
    try:
        yield
    finally:
        stage.wire.mend()


token_revoked = _telegram_fails(kind="401")


@asynccontextmanager
async def restarted_in_turn(stage: Stage) -> AsyncIterator[None]:
    """Each instance is stopped and started anew, one after the other, as long as it lasts."""

    is_over = asyncio.Event()

    async def restart() -> None:
        for program, watch in cycle(zip(stage.programs, stage.watches, strict=True)):
            if is_over.is_set():
                return
            await program.end(signal.SIGTERM)
            await program.launch()
            await program.listening(int(program.settings["HTTP_PORT"]))
            await asyncio.sleep(1)
            await watch.until_ready(240)

    restarting = asyncio.create_task(restart())
    try:
        yield
    finally:
        is_over.set()
        await restarting


@asynccontextmanager
async def one_killed(stage: Stage) -> AsyncIterator[None]:
    """One instance is killed, and started anew at the end."""
    await stage.programs[-1].end()
    try:
        yield
    finally:
        await stage.programs[-1].launch()
