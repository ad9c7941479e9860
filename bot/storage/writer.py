"""The one thread that writes to an SQLite file, each piece of work as a whole."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.storage.backend import Result, Work

_PATIENCE_WITH_READERS = 100
"""Milliseconds."""


class Writer:
    """The thread that writes, with one connection that it keeps; implements `Transaction`.

    `require_in_place` raises before a commit that would be lost.
    """

    def __init__(self, engine: Engine, busy_timeout: float, require_in_place: Callable[[], None]) -> None:
        self._require_in_place = require_in_place
        self._busy_timeout = busy_timeout
        self._engine = engine.execution_options(writes=True)
        self._thread = ThreadPoolExecutor(1, "writes-database")
        self._connection: Connection | None = None

    async def write(self, work: Work[Result]) -> Result:
        """What the work returns, in a transaction of its own."""
        return await self._in_thread(lambda: self._write(work))

    async def run(self, work: Work[Result]) -> Result:
        """What the work returns, in the transaction that is going on or begins now."""
        return await self._in_thread(lambda: work(self._connected()))

    async def commit(self) -> None:
        """Returns once the transaction is on the disk."""
        await self._in_thread(self._commit)

    async def rollback(self) -> None:
        """Undoes the transaction."""
        await self._in_thread(self._rollback)

    async def empty_log(self) -> bool:
        """Moves the log into the file and empties it; False when somebody is still reading from it."""
        return await self._in_thread(self._empty_log)

    async def close(self) -> None:
        """Ends the connection and the thread."""
        await self._in_thread(self._disconnect)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _write(self, work: Work[Result]) -> Result:
        try:
            result = work(self._connected())
            self._commit()
        except BaseException:
            self._rollback()
            raise
        return result

    def _commit(self) -> None:
        self._require_in_place()
        self._connected().commit()

    def _rollback(self) -> None:
        try:
            if self._connection is not None:
                self._connection.rollback()
        except DBAPIError:  # without its connection the transaction is over
            self._disconnect()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _empty_log(self) -> bool:
        with closing(self._connected().connection.cursor()) as cursor:
            # Nobody can write while this waits for those who read.
            cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_WITH_READERS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            outcome = cursor.fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {int(self._busy_timeout * 1000)}")
        return outcome is not None and outcome[0] == 0
