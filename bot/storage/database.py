"""Runs work in transactions that nothing can leave half done."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AssistantError, StorageError
from bot.storage.backend import Backend
from bot.storage.postgresql import PostgreSQL
from bot.storage.sqlite import SQLite

_Result = TypeVar("_Result")
_Work = Callable[[AsyncConnection], Awaitable[_Result]]
_PATIENCE_AT_CLOSING = 5.0
"""Seconds; SIGTERM leaves ten for everything."""


def backend_of(url: str, busy_timeout: float) -> Backend:
    """The database system that the address names."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StorageError("DATABASE_URL is no address; write sqlite+aiosqlite:///data/assistant.db") from None
    systems: dict[str, Callable[..., Backend]] = {"sqlite+aiosqlite": SQLite, "postgresql+asyncpg": PostgreSQL}
    if parsed.drivername not in systems:
        raise StorageError(f"DATABASE_URL begins with {parsed.drivername!r}; write one of: {', '.join(systems)}")
    return systems[parsed.drivername](parsed, busy_timeout)


class Database:
    """One database, open.

    Each piece of work is one transaction in a task of its own: whoever waits for it may be cancelled, the transaction
    still ends. Were it cut off in the middle, it would stay open and lock everybody else out.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        with self._explained():
            self._engine = backend.engine()
        self._writing = asyncio.Lock()
        self._running: set[asyncio.Task[object]] = set()
        self._closed = False

    async def read(self, work: _Work[_Result]) -> _Result:
        """What `work` returns, in a transaction of its own; raises StorageError."""
        self._require_open()
        return await self._shielded(self._transaction(work, writes=False))

    async def write(self, work: _Work[_Result], patience: float | None = None) -> _Result:
        """What `work` returns, once it is safely on the disk; raises StorageError.

        With `patience` it gives up when other writers of this process take longer than so many seconds.
        """
        self._require_open()
        return await self._shielded(self._write(work, patience))

    async def destroy_deleted(self) -> None:
        """Leaves nothing of deleted rows where somebody could read it."""
        with self._explained():
            await self.backend.destroy_deleted(self._engine)

    async def close(self) -> None:
        """Ends what is running, if it ends soon, and every connection."""
        self._closed = True
        if self._running:
            await asyncio.wait(self._running, timeout=_PATIENCE_AT_CLOSING)
        await self._engine.dispose()

    def _require_open(self) -> None:
        if self._closed:
            raise StorageError(f"the database {self.backend.place} is closed; start the program again")

    async def _shielded(self, transaction: Awaitable[_Result]) -> _Result:
        task = asyncio.ensure_future(transaction)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._running.discard(task)
        # Where nobody waits for it any more, an error would be reported as never retrieved.
        _ = task.cancelled() or task.exception()

    async def _write(self, work: _Work[_Result], patience: float | None) -> _Result:
        # SQLite has one writer at a time; those of this process wait here in order instead of for the busy time.
        try:
            async with asyncio.timeout(patience):
                await self._writing.acquire()
        except TimeoutError:
            raise StorageError(f"the database {self.backend.place} is busy; try again") from None
        try:
            return await self._transaction(work, writes=True)
        finally:
            self._writing.release()

    async def _transaction(self, work: _Work[_Result], *, writes: bool) -> _Result:
        with self._explained():
            async with self._engine.execution_options(writes=writes).begin() as connection:
                return await work(connection)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turns errors of the database into one plain line."""
        try:
            yield
        except AssistantError:
            raise
        except Exception as error:
            explanation = self.backend.explanation(error)
            if explanation is None:
                raise
            raise StorageError(explanation) from error
