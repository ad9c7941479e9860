"""Runs work in transactions that nothing can leave half done."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from bot.errors import AssistantError, StorageAwayError, StorageError
from bot.storage.backend import Backend, Result, Work
from bot.storage.unit import Unit

_PATIENCE_AT_CLOSING = 5.0
"""Seconds; SIGTERM leaves ten for everything."""
_TIMES = 5
_PAUSE = 0.5
"""Seconds between attempts to destroy what somebody else may still read, in which others can write."""


@dataclass(slots=True)
class _Spell:
    """A time for which the database is left alone. Tasks that were begun in it may outlive it."""

    is_over: bool = False


class Database:
    """One database, open.

    Each piece of work is one transaction in a task of its own: whoever waits for it may be cancelled, the transaction
    still ends. Were it cut off in the middle, it would stay open and lock everybody else out. Inside a `unit`, all
    work belongs to the unit's one transaction.
    """

    def __init__(self, backend: Backend, patience: float) -> None:
        self.backend = backend
        self.has_deleted = False
        self.failures = 0
        """How often the database could not be used."""
        self._patience = patience
        with self.explained():
            backend.open()
        # Writers of this process wait here in order instead of for the busy time of the database.
        self._writing = asyncio.Semaphore(backend.writers)
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._unit: ContextVar[Unit | None] = ContextVar("unit", default=None)
        self._open_units: set[Unit] = set()
        self._offline: ContextVar[_Spell | None] = ContextVar("offline", default=None)

    async def read(self, work: Work[Result]) -> Result:
        """What `work` returns, which only reads; raises StorageError."""
        self._require_usable()
        unit = self._unit.get()
        if unit and unit.is_writing:
            return await self._shielded(unit.run(work))
        return await self._shielded(self.backend.read(work))

    async def write(self, work: Work[Result], patience: float | None = None) -> Result:
        """What `work` returns, once it is safely on the disk, or in a unit once it is done; raises StorageError.

        With `patience` it gives up when other writers of this process take longer than so many seconds. A work that
        raises another AssistantError must do so before it writes.
        """
        self._require_usable()
        unit = self._unit.get()
        if unit and not unit.is_over:
            return await self._shielded(unit.run(work))
        return await self._shielded(self._write(work, patience))

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[None]:
        """Makes all that is read and written in the context one transaction, which begins with the first write.

        It is committed at the end, and undone when an exception leaves the context or a statement in it failed; then
        it raises StorageError. One in another joins it. Nobody else may write while it is open on SQLite, so compute
        first and write then, and never wait in it for what another task writes.
        """
        outer = self._unit.get()
        if outer and not outer.is_over:
            yield
            return
        unit = Unit(self.backend.transaction, self._turn_to_write, self.explained)
        token = self._unit.set(unit)
        self._open_units.add(unit)
        try:
            yield
        except BaseException:
            await self._shielded(unit.undo())
            raise
        else:
            await self._shielded(unit.finish())
        finally:
            self._open_units.discard(unit)
            self._unit.reset(token)

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Lets everything read or written in the context fail at once."""
        token = self._offline.set(spell := _Spell())
        try:
            yield
        finally:
            spell.is_over = True
            self._offline.reset(token)

    async def destroy_deleted(self) -> None:
        """Leaves nothing of deleted rows where somebody could read it, unless somebody else reads for long.

        Then `has_deleted` says so. Not to be called in a unit.
        """
        self.has_deleted = True
        for _ in range(_TIMES):
            if await self._shielded(self._destroy_deleted()):
                self.has_deleted = False
                return
            await asyncio.sleep(_PAUSE)

    async def _destroy_deleted(self) -> bool:
        async with self._turn_to_write():
            return await self.backend.destroy_deleted()

    async def close(self) -> None:
        """Ends what is running, if it ends soon, undoes units that are still open, and ends every connection."""
        if self._closed:
            return
        self._closed = True
        for unit in self._open_units:
            self._begin(unit.undo())
        if self._running:
            await asyncio.wait(self._running, timeout=_PATIENCE_AT_CLOSING)
        await self.backend.close()

    def _require_usable(self) -> None:
        if self._closed:
            raise StorageError(f"the database {self.backend.place} is closed; start the program again")
        spell = self._offline.get()
        if spell and not spell.is_over:
            raise StorageError(f"the database {self.backend.place} is left alone here; try again when it can be used")

    async def _shielded(self, work: Awaitable[Result]) -> Result:
        return await asyncio.shield(self._begin(work))

    def _begin(self, work: Awaitable[Result]) -> asyncio.Task[Result]:
        task = asyncio.ensure_future(self._explaining(work))
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        # Where nobody waits for it any more, an error would be reported as never retrieved.
        _ = task.cancelled() or task.exception()

    async def _write(self, work: Work[Result], patience: float | None) -> Result:
        async with self._turn_to_write(patience):
            return await self.backend.write(work)

    @asynccontextmanager
    async def _turn_to_write(self, patience: float | None = None) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._patience if patience is None else patience):
                await self._writing.acquire()
        except TimeoutError:
            raise StorageError(f"the database {self.backend.place} is busy; try again") from None
        try:
            yield
        finally:
            self._writing.release()

    async def _explaining(self, work: Awaitable[Result]) -> Result:
        with self.explained():
            return await work

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns errors of the database into a StorageError of one plain line."""
        try:
            yield
        except AssistantError:
            raise
        except Exception as error:
            explanation = self.backend.explanation(error)
            if explanation is None:
                raise
            self.failures += 1
            kind = StorageAwayError if self.backend.is_away(error) else StorageError
            raise kind(explanation) from error
