"""What the storage needs of a database system: all that differs between SQLite and PostgreSQL is behind this."""

from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Insert, Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine


class Backend(Protocol):
    """One database system, pointed at one database."""

    @property
    def place(self) -> str:
        """The database as error messages name it, without any password."""
        ...

    def engine(self) -> AsyncEngine:
        """A way to connect; raises OSError or StorageError when the place cannot be a database."""
        ...

    def insert_if_new(self, table: Table, values: dict[str, Any]) -> Insert:
        """Inserts a row unless a unique index has it already."""
        ...

    def insert_or_replace(self, table: Table, values: dict[str, Any]) -> Insert:
        """Inserts a row in the place of the one with the same primary key, where there is one."""
        ...

    async def lock_schema(self, connection: AsyncConnection) -> None:
        """Makes other instances wait with their migrations until the transaction ends."""
        ...

    async def destroy_deleted(self, engine: AsyncEngine) -> None:
        """Leaves nothing of deleted rows where somebody could read it."""
        ...

    async def backup(self, target: Path) -> None:
        """Copies the database to a new file while it is in use; raises StorageError."""
        ...

    def explanation(self, error: BaseException) -> str | None:
        """In one plain line, what is wrong and what to do; None when this is not an error of the database."""
        ...
