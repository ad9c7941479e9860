"""Runs work in transactions that nothing can leave half done, on a database system."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
    suppress,
)
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from sqlalchemy import Connection, Executable, Row, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AssistantError, DoubtfulCommitError, StorageAwayError, StorageError, StorageGoneError
from bot.storage.systems.backend import Backend, Result, Work

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that one of the database systems refuses."""


def storable(text: str) -> str:
    """The text without characters that cannot be kept."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def storable_number(number: int) -> int:
    """The number, or 0 for one that is larger than any column: nobody has that number."""
    return number if -(2**63) <= number < 2**63 else 0


_PATIENCE_AT_CLOSING = 5.0
"""Seconds; SIGTERM leaves ten for everything."""
_LOOKING_SECONDS, _LOOKING_AGAIN = 3.0, 0.1
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
        """Whether something was deleted that may still be readable; the next purge destroys it."""
        self.forgotten = asyncio.Event()
        """Somebody wants to be forgotten: what was deleted for that is to be destroyed soon."""
        self.failures = 0
        """How often the database could not be used."""
        self.losses = 0
        """How often it was out of reach, or a connection to it was cut."""
        self.away_since: float | None = None
        """Since when it could not once be used, as `time.monotonic` has it; None where it could."""
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
        return await self._shielded(self._read(work))

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

    async def rows(self, query: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """What the query finds; raises StorageError."""
        return await self.read(lambda connection: connection.execute(query, values).all())

    async def row(self, query: Executable, values: Mapping[str, Any] | None = None) -> Row[Any] | None:
        """The first that it finds."""
        return await self.read(lambda connection: connection.execute(query, values).first())

    async def scalar(self, query: Executable, values: Mapping[str, Any] | None = None) -> Any:
        """The first value of that; None where it finds nothing."""
        return await self.read(lambda connection: connection.execute(query, values).scalar())

    async def execute(
        self, statement: Executable, values: Mapping[str, Any] | None = None, patience: float | None = None
    ) -> int:
        """How many rows the statement has changed. Safe, patient, and raising StorageError, as `write` is."""
        return await self.write(lambda connection: connection.execute(statement, values).rowcount, patience)

    async def returned(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
        """The one value that a changing statement returns, such as the number of a new row."""
        return await self.write(lambda connection: connection.execute(statement, values).scalar_one())

    async def append(
        self, work: Work[Result], then: Callable[[Result], None] | None = None, patience: float | None = None
    ) -> None:
        """Has the work done: in a unit together with the next one that is waited for, or with the commit; else at once.

        Each pass to the database that a unit waits for keeps other writers out, so whatever needs no result at once is
        appended. `then` is called with the result, once that counts. Raises StorageError, in a unit at its end; the
        work itself raises no other AssistantError.
        """
        self._require_usable()
        unit = self._unit.get()
        if unit and not unit.is_over:
            unit.append(work, then)
            return
        result = await self._shielded(self._write(work, patience))
        if then:
            then(result)

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
        unit = Unit(self.backend, self._turn_to_write, self.explained)
        token = self._unit.set(unit)
        self._open_units.add(unit)
        try:
            yield
        except BaseException:
            await self._shielded(unit.undo())
            raise
        else:
            finishing = self._begin(unit.finish())
            try:
                await asyncio.shield(finishing)
            except asyncio.CancelledError:
                await asyncio.wait([finishing])  # so that what comes next does not meet it half done
                raise
        finally:
            self._open_units.discard(unit)
            self._unit.reset(token)

    async def is_gone(self) -> bool:
        """Whether nobody at all can use the database now, rather than this process alone.

        A server that is just stopping cuts connections before it says so, so it is asked several times.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOKING_SECONDS):
                while True:
                    try:
                        await self.read(lambda connection: connection.execute(select(1)).scalar())
                    except StorageGoneError:
                        return True
                    except StorageError:
                        await asyncio.sleep(_LOOKING_AGAIN)
                    else:
                        return False
        return False

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

    async def _read(self, work: Work[Result]) -> Result:
        result = await self.backend.read(work)
        self.away_since = None
        return result

    async def _write(self, work: Work[Result], patience: float | None) -> Result:
        unit, results = Unit(self.backend, partial(self._turn_to_write, patience), self.explained), list[Result]()
        unit.append(work, results.append)
        await unit.finish()
        self.away_since = None
        return results[0]

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
            kind = self._kind_of(error)
            self.failures += 1
            self.losses += kind is not StorageError or getattr(error, "connection_invalidated", False)
            self.away_since = self.away_since or time.monotonic()
            raise kind(explanation) from error

    def _kind_of(self, error: Exception) -> type[StorageError]:
        if self.backend.is_gone(error):
            return StorageGoneError
        return StorageAwayError if self.backend.is_away(error) else StorageError


class _Appended(Generic[Result]):
    """A piece of work in a unit that nobody waits for. `then` is told what it returned, once that counts."""

    def __init__(self, work: Work[Result], then: Callable[[Result], None] | None) -> None:
        self._work = work
        self._then = then
        self._results: list[Result] = []

    def do(self, connection: Connection) -> None:
        """Does it."""
        self._results.append(self._work(connection))

    def tell(self) -> None:
        """It counts."""
        if self._then:
            self._then(self._results[0])


class Unit:
    """One transaction of many pieces of work, which may come from several tasks: one after the other is done.

    Its methods run in tasks that nobody cancels. Once a piece of work failed, everything is undone at once, and each
    further one fails too.
    """

    def __init__(
        self,
        backend: Backend,
        turn_to_write: Callable[[], AbstractAsyncContextManager[None]],
        explained: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self.is_over = False
        self._backend = backend
        self._turn_to_write = turn_to_write
        self._explained = explained
        self._has_begun = False
        self._connection: AsyncConnection | None = None
        self._one_at_a_time = asyncio.Lock()
        self._turn = AsyncExitStack()
        self._failure: str | None = None
        self._appended: list[_Appended[Any]] = []
        self._done: list[_Appended[Any]] = []

    @property
    def is_writing(self) -> bool:
        """Whether something was written, or failed, and it is not over."""
        return not self.is_over and (self._has_begun or bool(self._appended))

    def append(self, work: Work[Result], then: Callable[[Result], None] | None) -> None:
        """Has the work done together with the next one, or with the commit; then `then` is called with its result."""
        self._appended.append(_Appended(work, then))

    async def run(self, work: Work[Result]) -> Result:
        """What the work returns; raises StorageError."""
        async with self._one_at_a_time:
            self._require_sound()
            try:
                with self._explained():
                    return await self._backend.run(await self._connected(), self._after_appended(work))
            except BaseException as error:
                if isinstance(error, StorageError) or not isinstance(error, AssistantError):
                    await self._fail(error)
                raise

    async def finish(self) -> None:
        """Commits; raises StorageError when that fails, or something in the unit did."""
        async with self._one_at_a_time:
            self._require_sound()
            try:
                if self._connection is not None or self._appended:
                    await self._commit()
            except BaseException as error:
                await self._fail(error)
                raise
            finally:
                await self._end()
        for appended in self._done:
            appended.tell()

    async def _commit(self) -> None:
        work, is_begun = self._after_appended(lambda _: None), False

        def work_and_commit(connection: Connection) -> None:
            nonlocal is_begun
            work(connection)
            is_begun = True
            connection.commit()

        try:
            with self._explained():
                await self._backend.run(await self._connected(), work_and_commit)
        except BaseException as error:
            if is_begun and self._connection is not None:
                # The engine takes a commit that failed for the end, and would lend the connection with its locks to
                # others.
                with suppress(OSError, SQLAlchemyError):
                    await self._connection.invalidate()
            if is_begun and isinstance(error, StorageError):
                raise DoubtfulCommitError(str(error)) from error
            raise
        if self._connection is not None:
            await self._backend.give_back(self._connection)
            self._connection = None

    def _after_appended(self, work: Work[Result]) -> Work[Result]:
        """The work, with what was appended before it."""
        steps, self._appended = self._appended, []
        self._done += steps

        def whole(connection: Connection) -> Result:
            for step in steps:
                step.do(connection)
            return work(connection)

        return whole

    async def undo(self) -> None:
        """Leaves nothing of what was done, unless it is over."""
        async with self._one_at_a_time:
            if not self.is_over:
                await self._fail(None)
                await self._end()

    async def _connected(self) -> AsyncConnection:
        if self._connection is not None:
            return self._connection
        await self._turn.enter_async_context(self._turn_to_write())
        self._has_begun = True
        self._connection = await self._backend.connected()
        return self._connection

    async def _disconnect(self) -> None:
        """Closes the connection, which rolls back; what was done on one that is cut, the database undoes."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, SQLAlchemyError):
                await connection.close()

    async def _fail(self, error: BaseException | None) -> None:
        self._failure = str(error)
        self._has_begun = True
        try:
            await self._disconnect()
        finally:
            await self._turn.aclose()

    async def _end(self) -> None:
        self.is_over = True
        await self._turn.aclose()

    def _require_sound(self) -> None:
        if self.is_over:
            raise StorageError("the unit of work ended before all of its work was done; try again")
        if self._failure is not None:
            raise StorageError(self._failure)
