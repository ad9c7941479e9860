"""All that is particular to PostgreSQL."""

from pathlib import Path
from typing import Any

from sqlalchemy import Insert, Table, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError

_SCHEMA_LOCK = 5_062_120
"""Any number will do, as long as every instance uses the same."""


class PostgreSQL:
    """A database on a PostgreSQL server."""

    def __init__(self, url: URL, busy_timeout: float) -> None:
        self._url = url
        self._timeout = busy_timeout

    @property
    def place(self) -> str:
        """The address without its password."""
        return self._url.render_as_string(hide_password=True)

    def engine(self) -> AsyncEngine:
        """An engine that notices connections a restarted server has dropped."""
        try:
            return create_async_engine(self._url, pool_pre_ping=True, connect_args={"timeout": self._timeout})
        except ModuleNotFoundError:
            raise StorageError("PostgreSQL needs asyncpg; install it with: pip install asyncpg") from None

    def insert_if_new(self, table: Table, values: dict[str, Any]) -> Insert:
        """INSERT .. ON CONFLICT DO NOTHING."""
        return insert(table).values(values).on_conflict_do_nothing()

    def insert_or_replace(self, table: Table, values: dict[str, Any]) -> Insert:
        """INSERT .. ON CONFLICT DO UPDATE."""
        return insert(table).values(values).on_conflict_do_update(index_elements=list(table.primary_key), set_=values)

    async def lock_schema(self, connection: AsyncConnection) -> None:
        """Takes an advisory lock, which ends with the transaction."""
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SCHEMA_LOCK})

    async def destroy_deleted(self, engine: AsyncEngine) -> None:
        """Nothing to do: the server's autovacuum reclaims what is deleted."""

    async def backup(self, target: Path) -> None:
        """Refuses: the server's own tool does this better."""
        raise StorageError(f"PostgreSQL is backed up with its own tool: pg_dump --format=custom --file={target} ...")

    def explanation(self, error: BaseException) -> str | None:
        """The server's own words, in one line."""
        if isinstance(error, OSError | TimeoutError):
            return f"the database {self.place} cannot be reached; see whether the server runs and DATABASE_URL is right"
        if isinstance(error, DBAPIError):
            return f"the database {self.place} cannot be used: {_first_line(error.orig)}"
        if type(error).__module__.startswith("asyncpg."):
            return f"the database {self.place} cannot be used: {_first_line(error)}"
        return None


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__).rpartition(">: ")[2]
