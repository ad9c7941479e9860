"""A lock that one process at a time has, on a PostgreSQL server."""

import hashlib
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_TAKE = text("SELECT pg_try_advisory_lock(:number)")
_LOOK = text("SELECT 1")


class AdvisoryLock:
    """Implements `ExclusiveLock`. The server frees it when the connection, which it keeps to itself, ends."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        digest = hashlib.sha256(name.encode()).digest()
        self._number = int.from_bytes(digest[:8], signed=True)
        self._connection: AsyncConnection | None = None

    async def take(self) -> bool:
        """Whether this has the lock now; raises the driver's errors."""
        if self._connection is None:
            self._connection = await self._engine.connect()
        try:
            taken = bool((await self._connection.execute(_TAKE, {"number": self._number})).scalar_one())
        except BaseException:
            await self.release()
            raise
        return taken

    async def is_held(self) -> bool:
        """Whether the connection that took the lock still is; raises the driver's errors when it is not."""
        return self._connection is not None and (await self._connection.execute(_LOOK)).scalar_one() == 1

    async def release(self) -> None:
        """Ends the connection, and the lock with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, SQLAlchemyError):
                await connection.invalidate()
            await connection.close()
