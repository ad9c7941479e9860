"""All that is particular to SQLite: a file, locks on files beside it, and a thread for each connection.

aiosqlite passes to that thread four times for each statement: for the cursor, the execution, the rows and the end. Each
pass wakes two threads and waits for its turn in the event loop, which takes longer than SQLite itself does, and
meanwhile nobody else may write. So all statements of a piece of work are run in one pass; SQLAlchemy reads all rows at
once in any case.
"""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import current_thread
from typing import Any, Self, cast

import aiosqlite
from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage.systems.backend import Result, Work

_OWNER_ONLY = 0o600
_READERS = 4
_PATIENCE_WITH_READERS = 100
"""Milliseconds."""
_OLDEST = (3, 35)
"""The first version that tells the number of the row it inserted with the insertion itself."""
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # less than this loses acknowledged questions with the power
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is purged is overwritten, not only forgotten
    "PRAGMA journal_size_limit = 4194304",  # a log that grew behind a long reader is cut when that one has ended
)
_EXPLANATIONS = {
    "SQLITE_BUSY": "the database {place} is locked by another program; stop that program, or try again",
    "SQLITE_LOCKED": "the database {place} is locked by another program; stop that program, or try again",
    "SQLITE_FULL": "the disk is full: nothing can be written to the database {place}; free some space",
    "SQLITE_IOERR": "the database {place} cannot be read or written; see whether the disk is full or failing",
    "SQLITE_READONLY": "the database {place} is read-only; give this program the right to write to it and its folder",
    "SQLITE_PERM": "the database {place} is not writable; give this program the right to write to it and its folder",
    "SQLITE_CANTOPEN": "the database {place} cannot be opened; give this program the right to write to its folder",
    "SQLITE_NOTADB": "{place} is not a database; it was left as it is: restore a backup, or move it away",
    "SQLITE_CORRUPT": "the database {place} is damaged; it was left as it is: restore a backup, or move it away",
}
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
        if self._begin == BEGIN_READING and current_thread() is not self._thread:
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
    sync = cast("Connection", connection.sync_connection)  # it has one while it is open
    ours = cast("WholeStatementConnection", sync.connection.driver_connection)
    return await ours.run(partial(_at_once, work, connection))


def _at_once(work: Work[Result], connection: AsyncConnection) -> Result:
    """Runs what SQLAlchemy awaits to its end; nothing of it waits where each statement is executed at once."""
    try:
        connection.run_sync(work).send(None)
    except StopIteration as end:
        result: Result = end.value
        return result
    raise RuntimeError("a statement of SQLite waited for the event loop")


class SQLite:
    """A database file. One connection writes at a time, and a few read beside it."""

    writers = 1
    shared = False

    def __init__(self, url: URL, busy_timeout: float) -> None:
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            raise StorageError(f"DATABASE_URL names no file ({url}); write sqlite+aiosqlite:///data/assistant.db")
        self._file = Path(url.database)
        self._busy_timeout = busy_timeout
        self._readers: AsyncEngine
        self._writer: AsyncEngine
        self._reading = asyncio.Semaphore(_READERS)
        self._idle_readers: list[AsyncConnection] = []
        self._idle_writer: AsyncConnection | None = None
        """Taken from their pools for as long as they work: to take one each time costs more than most statements."""
        self._opened: tuple[int, int] | None = None

    @property
    def place(self) -> str:
        """The path of the file."""
        return str(self._file)

    def open(self) -> None:
        """Makes connections that keep questions safe, over a file that only its owner can read."""
        if sqlite3.sqlite_version_info < _OLDEST:
            raise StorageError(f"SQLite 3.35 or newer is needed, this is {sqlite3.sqlite_version}; use another Python")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
        with closing(os.fdopen(descriptor)), suppress(PermissionError):  # another user's file, which we may use
            os.fchmod(descriptor, _OWNER_ONLY)
        self._opened = self._found()
        self._readers = self._engine(BEGIN_READING, _READERS)
        self._writer = self._engine(BEGIN_WRITING, self.writers)

    def _engine(self, begin: str, size: int) -> AsyncEngine:
        def connect(*_: object, **__: object) -> WholeStatementConnection:
            return WholeStatementConnection(self._connected, begin, self._require_in_place)

        url = URL.create("sqlite+aiosqlite", database=str(self._file))
        return create_async_engine(url, connect_args={"async_creator_fn": connect}, pool_size=size)

    def _connected(self) -> sqlite3.Connection:
        # A new connection would make an empty file where the database was removed, and write into that for good.
        self._require_in_place()
        # Python's own transactions begin late and without IMMEDIATE, so they are switched off.
        connection = sqlite3.connect(self._file, self._busy_timeout, isolation_level=None)
        try:
            self._require_in_place()
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    async def close(self) -> None:
        """Ends every connection."""
        for connection in filter(None, (*self._idle_readers, self._idle_writer)):
            await connection.close()
        await self._readers.dispose()
        await self._writer.dispose()

    async def read(self, work: Work[Result]) -> Result:
        """What the work returns, of one state of the database whatever is written meanwhile."""
        self._require_in_place()

        def read_only(connection: Connection) -> Result:
            result = work(connection)
            connection.rollback()
            return result

        async with self._reading:
            connection = self._idle_readers.pop() if self._idle_readers else await self._readers.connect()
            try:
                result = await run_in_one_pass(connection, read_only)
            except BaseException:
                await connection.close()
                raise
            self._idle_readers.append(connection)
            return result

    def _require_in_place(self) -> None:
        """Raises StorageError when the file was removed or replaced: what is written now would be nobody's."""
        if self._found() != self._opened:
            raise StorageError(
                f"the database {self._file} was removed or replaced while this program ran; nothing is written. "
                "Put the file back, or start the program again"
            )

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    async def connected(self) -> AsyncConnection:
        """The one that locks the file at the begin of its transaction."""
        connection, self._idle_writer = self._idle_writer, None
        return connection or await self._writer.connect()

    async def give_back(self, connection: AsyncConnection) -> None:
        """Takes back a connection, for the next transaction."""
        self._idle_writer = connection

    async def run(self, connection: AsyncConnection, work: Work[Result]) -> Result:
        """What the work returns."""
        return await run_in_one_pass(connection, work)

    def lock(self, name: str) -> "FileLock":
        """A lock on a file beside the database."""
        return FileLock(self._file.with_name(f"{self._file.name}-{name}.lock"))

    def insert(self, table: Table) -> Insert:
        """INSERT as SQLite has it."""
        return insert(table)

    def lock_schema(self, connection: Connection) -> None:
        """Nothing to do: BEGIN IMMEDIATE has locked the file."""

    async def destroy_deleted(self) -> bool:
        """Moves the log into the file and empties it: deleted rows would stay readable in it."""
        connection = WholeStatementConnection(self._connected)
        async with connection:
            # Nobody can write while this waits for those who read.
            await connection.execute_fetchall(f"PRAGMA busy_timeout = {_PATIENCE_WITH_READERS}")
            ((is_read, *_),) = await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(is_read == 0)

    async def backup(self, target: Path) -> None:
        """Copies the file with SQLite's backup interface."""
        await asyncio.to_thread(self._copy, target)

    def _copy(self, target: Path) -> None:
        try:
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
        except FileExistsError:
            raise StorageError(f"{target} exists; name a new file for the backup") from None
        except OSError as error:
            raise StorageError(f"the backup {target} cannot be written: {error.strerror}") from None
        try:
            with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
        except sqlite3.Error as error:
            target.unlink(missing_ok=True)
            raise StorageError(f"the backup {target} could not be finished: {error}") from None

    def is_away(self, error: BaseException) -> bool:
        """A file is there or it is not."""
        del error
        return False

    def is_gone(self, error: BaseException) -> bool:
        """It is nobody else's."""
        del error
        return False

    def explanation(self, error: BaseException) -> str | None:
        """By SQLite's name for the error, or the system's."""
        if isinstance(error, PermissionError):
            return _EXPLANATIONS["SQLITE_PERM"].format(place=self._file)
        if isinstance(error, OSError):
            return f"the database {self._file} cannot be opened: {error.strerror}; name another file or folder"
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(cause, sqlite3.Error):
            return None
        # Extended names such as SQLITE_IOERR_WRITE begin with the name of their group.
        group = "_".join(getattr(cause, "sqlite_errorname", "").split("_")[:2])
        return _EXPLANATIONS.get(group, f"the database {{place}} cannot be used: {cause}").format(place=self._file)


class FileLock:
    """Implements `ExclusiveLock`. The system frees it when the process ends, however that happens.

    The file stays: were it deleted, two processes could each lock a file of that name. Processes that this one starts
    do not keep it locked, since they do not inherit the open file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    async def take(self) -> bool:
        """Whether this has the lock from now on; raises OSError when the file cannot be made."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    async def is_held(self) -> bool:
        """Whether this has the lock: nobody can take it away."""
        return self._descriptor is not None

    async def release(self) -> None:
        """Lets others have the lock."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
