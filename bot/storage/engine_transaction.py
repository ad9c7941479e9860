"""Transactions on SQLAlchemy's asyncio engines, which both database systems have."""

from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.backend import Result, Work


class EngineTransaction:
    """A transaction on a connection of its own; implements `Transaction`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None

    async def run(self, work: Work[Result]) -> Result:
        """What the work returns."""
        if self._connection is None:
            self._connection = await self._engine.connect()
        return await self._connection.run_sync(work)

    async def commit(self) -> None:
        """Returns once the database has committed."""
        if self._connection is not None:
            await self._connection.commit()
            await self._give_back()

    async def rollback(self) -> None:
        """Gives the connection back, which rolls back; what was done on one that is cut, the database undoes."""
        await self._give_back()

    async def _give_back(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, SQLAlchemyError):
                await connection.close()
