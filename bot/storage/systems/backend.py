"""What the storage needs of a database system: all that differs between SQLite and PostgreSQL is behind this."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""Statements that belong together, in plain functions: they run inside `run_sync` and wait for the database alone."""


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

    async def connected(self) -> AsyncConnection:
        """A connection for one transaction, which begins with the first piece of work. A commit is on the disk."""
        ...

    async def give_back(self, connection: AsyncConnection) -> None:
        """Takes back a connection on which nothing is left to commit or undo; one on which there is, is closed."""
        ...

    async def run(self, connection: AsyncConnection, work: Work[Result]) -> Result:
        """What the work returns on that connection."""
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
