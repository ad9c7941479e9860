"""A connection of aiosqlite that runs all statements of a piece of work in one pass to its thread.

aiosqlite passes to it four times for each statement: for the cursor, the execution, the rows and the end. Each pass
wakes two threads and waits for its turn in the event loop, which takes longer than SQLite itself does, and meanwhile
nobody else may write. SQLAlchemy reads all rows at once in any case.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from threading import current_thread
from typing import Any, Self, cast

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.systems.backend import Result, Work

BEGIN_READING = "BEGIN"
BEGIN_WRITING = "BEGIN IMMEDIATE"
"""Locks the file at once: one that reads first is refused when somebody else wrote meanwhile."""

_Row = tuple[Any, ...]


class WholeStatement:
    """A cursor as SQLAlchemy uses one: a statement is executed, and then its rows are taken."""

    arraysize = 1

    def __init__(self, run: Callable[..., Any], opened: Callable[[], sqlite3.Connection]) -> None:
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._run = run
        self._opened = opened
        self._rows: list[_Row] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Executes it and reads its rows."""
        await self._run(self._whole, sqlite3.Cursor.execute, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Executes it for each of the parameters."""
        await self._run(self._whole, sqlite3.Cursor.executemany, statement, parameters)
        return self

    async def fetchall(self) -> list[_Row]:
        """The rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    def _whole(self, execute: Callable[..., sqlite3.Cursor], *given: Any) -> None:
        cursor = self._opened().cursor()
        try:
            execute(cursor, *given)
            self._rows = cursor.fetchall() if cursor.description else []
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class WholeStatementConnection(aiosqlite.Connection):
    """A connection whose cursors execute whole statements; its thread never keeps the program from ending.

    The connector's connection has no transactions of its own (`isolation_level=None`). With `begin`, the first
    statement of each is preceded by that. `before_commit` may raise, and nothing is committed.
    """

    def __init__(
        self,
        connector: Callable[[], sqlite3.Connection],
        begin: str | None = None,
        before_commit: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(connector, iter_chunk_size=1)
        self._thread.daemon = True
        self._begin = begin
        self._before_commit = before_commit
        self._ending: asyncio.Future[Any] | None = None

    def cursor(self) -> WholeStatement:  # type: ignore[override]  # with what SQLAlchemy needs of one
        """A cursor; making one takes no pass to the thread."""
        return WholeStatement(self._execute, self._begun)

    async def run(self, work: Callable[[], Result]) -> Result:
        """What the work returns, all of it done in the thread."""
        result: Result = await self._execute(work)
        return result

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if current_thread() is self._thread:
            return fn(*args, **kwargs)
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]  # as aiosqlite has it

    def stop(self) -> asyncio.Future[Any] | None:
        """Ends the thread; done once it has ended."""
        self._ending = super().stop()
        return self._ending

    async def _connect(self) -> Self:
        try:
            await super()._connect()
        except BaseException:
            if self._ending is not None:  # a thread that outlives the loop cannot tell it of its end
                await self._ending
            raise
        return self

    async def commit(self) -> None:
        """Returns once what was written is on the disk."""
        self._before_commit()
        if self._conn.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Undoes what was written; the end of mere reading is not waited for, since nothing can follow from it."""
        if not self._conn.in_transaction:
            return
        if self._begin == BEGIN_READING:
            self._tx.put_nowait((None, self._conn.rollback))
        else:
            await super().rollback()

    def _begun(self) -> sqlite3.Connection:
        connection = self._conn
        if self._begin and not connection.in_transaction:
            connection.execute(self._begin)
        return connection


async def run_in_one_pass(connection: AsyncConnection, work: Work[Result]) -> Result:
    """What the work returns: `AsyncConnection.run_sync`, with one pass to the thread of the connection."""
    raw = await connection.get_raw_connection()
    ours = cast("WholeStatementConnection", raw.driver_connection)
    return await ours.run(partial(_at_once, work, connection))


def _at_once(work: Work[Result], connection: AsyncConnection) -> Result:
    """Runs what SQLAlchemy awaits to its end; nothing of it waits where each statement is executed at once."""
    try:
        connection.run_sync(work).send(None)
    except StopIteration as end:
        result: Result = end.value
        return result
    raise RuntimeError("a statement of SQLite waited for the event loop")
