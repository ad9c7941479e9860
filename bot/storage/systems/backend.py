"""What the storage needs of a database system, and the transaction that both of ours make of an SQLAlchemy engine.

All that differs between SQLite and PostgreSQL is behind this.
"""

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""Statements that belong together, in plain functions: they run inside `run_sync` and wait for the database alone."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that one of the database systems refuses."""


class Transaction(Protocol):
    """Pieces of work that count together or not at all. Nobody may cancel what is awaited here."""

    async def run(self, work: Work[Result]) -> Result:
        """What the work returns; the first one begins the transaction."""
        ...

    async def commit(self) -> None:
        """Returns once everything is safely on the disk; what fails here did not happen."""
        ...

    async def rollback(self) -> None:
        """Nothing of it happened; never fails."""
        ...


class ExclusiveLock(Protocol):
    """What one process at a time can have. Whoever has it loses it with its process, however that ends.

    Its methods raise the errors of the database's driver.
    """

    async def take(self) -> bool:
        """Whether this has it from now on, rather than somebody else."""
        ...

    async def is_held(self) -> bool:
        """Whether this, which took it, has it still."""
        ...

    async def release(self) -> None:
        """Lets others have it; never fails."""
        ...


class Backend(Protocol):
    """One database system, pointed at one database.

    Its methods raise the errors of the database's driver, which `explanation` puts in words.
    """

    writers: int
    """How many transactions may write at once."""
    shared: bool
    """Whether several running assistants may work on the database at once."""

    @property
    def place(self) -> str:
        """The database as error messages name it, without any password."""
        ...

    def open(self) -> None:
        """Gets ready to connect; raises OSError or StorageError when the place cannot be a database."""
        ...

    async def close(self) -> None:
        """Ends every connection."""
        ...

    async def read(self, work: Work[Result]) -> Result:
        """What the work returns, which only reads, in a transaction of its own."""
        ...

    async def write(self, work: Work[Result]) -> Result:
        """What the work returns, once the transaction of its own is safely on the disk."""
        ...

    def transaction(self) -> Transaction:
        """A transaction of several pieces of work."""
        ...

    def lock(self, name: str) -> ExclusiveLock:
        """What one process that uses this database can have at a time, under a name such as `receiving`."""
        ...

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """INSERT in this system's dialect, which knows what to do when a row is there already."""
        ...

    def lock_schema(self, connection: Connection) -> None:
        """Makes other instances wait with their migrations until the transaction ends."""
        ...

    async def destroy_deleted(self) -> bool:
        """Leaves nothing of deleted rows where somebody could read it; False when that has to wait for a reader."""
        ...

    async def backup(self, target: Path) -> None:
        """Copies the database to a new file while it is in use; raises StorageError."""
        ...

    def is_away(self, error: BaseException) -> bool:
        """Whether the error says that the database cannot be reached now, which may pass by itself."""
        ...

    def is_gone(self, error: BaseException) -> bool:
        """Whether it says that nobody at all can use the database now, whoever asks."""
        ...

    def explanation(self, error: BaseException) -> str | None:
        """In one plain line, what is wrong and what to do; None when this is not an error of the database."""
        ...


class EngineTransaction:
    """A transaction on a connection of its own; implements `Transaction`."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[AsyncConnection]],
        run: Callable[[AsyncConnection, Work[Any]], Awaitable[Any]] = AsyncConnection.run_sync,
    ) -> None:
        self._connect = connect
        self._run = run
        self._connection: AsyncConnection | None = None

    async def run(self, work: Work[Result]) -> Result:
        """What the work returns."""
        if self._connection is None:
            self._connection = await self._connect()
        result: Result = await self._run(self._connection, work)
        return result

    async def commit(self) -> None:
        """Returns once the database has committed."""
        if self._connection is None:
            return
        try:
            await self._connection.commit()
        except BaseException:
            # The engine takes a commit that failed for the end, and would lend the connection with its locks to others.
            with suppress(OSError, SQLAlchemyError):
                await self._connection.invalidate()
            raise
        await self._give_back()

    async def rollback(self) -> None:
        """Gives the connection back, which rolls back; what was done on one that is cut, the database undoes."""
        await self._give_back()

    async def _give_back(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, SQLAlchemyError):
                await connection.close()


def storable(text: str) -> str:
    """The text without characters that cannot be kept."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def storable_number(number: int) -> int:
    """The number, or 0 for one that is larger than any column: nobody has that number."""
    return number if -(2**63) <= number < 2**63 else 0
