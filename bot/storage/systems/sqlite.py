"""All that is particular to SQLite: a file, and locks on files beside it."""

import asyncio
import fcntl
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage.systems.backend import EngineTransaction, Result, Work
from bot.storage.systems.whole_statements import BEGIN_READING, BEGIN_WRITING, WholeStatementConnection, run_in_one_pass

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
        await self._readers.dispose()
        await self._writer.dispose()

    async def read(self, work: Work[Result]) -> Result:
        """What the work returns, of one state of the database whatever is written meanwhile."""
        self._require_in_place()
        async with self._reading, self._readers.connect() as connection:
            return await run_in_one_pass(connection, work)

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

    async def write(self, work: Work[Result]) -> Result:
        """What the work returns, once it is on the disk."""
        async with self._writer.begin() as connection:
            return await run_in_one_pass(connection, work)

    def transaction(self) -> EngineTransaction:
        """A transaction that locks the file at its begin."""
        return EngineTransaction(self._writer.connect, run_in_one_pass)

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
