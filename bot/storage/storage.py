"""The storage as the other rooms see it."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.conversations import KeptConversations
from bot.storage.database import Database, backend_of
from bot.storage.migrations.upgrading import upgrade
from bot.storage.purge import Purged, purge
from bot.storage.questions import Questions
from bot.storage.tables import DEPLOYMENT

_BUSY_TIMEOUT = 5.0
_KEY = "origin-key"


class Storage:
    """An open database, migrated to what this program needs."""

    def __init__(self, database: Database, key: bytes, revision: str) -> None:
        self.questions = Questions(database, key)
        self.conversations = KeptConversations(database, key)
        self.revision = revision
        """The version of the tables."""
        self._database = database

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, *, busy_timeout: float = _BUSY_TIMEOUT) -> AsyncIterator[Self]:
        """The storage at that address for the time of the context; made when it is not there yet.

        Raises StorageError when it cannot be used, and NewerSchemaError when a newer program has written it. Whoever
        else is writing to it is waited for up to `busy_timeout` seconds.
        """
        database = Database(backend_of(url, busy_timeout))

        async def work(connection: AsyncConnection) -> tuple[bytes, str]:
            await database.backend.lock_schema(connection)
            revision = await connection.run_sync(upgrade, database.backend.place)
            return await _key(database, connection), revision

        try:
            yield cls(database, *await database.write(work))
        finally:
            await database.close()

    async def purge(self, now: datetime, retention_days: int) -> Purged:
        """Destroys questions and memories of conversations whose time is over at `now`; raises StorageError."""
        return await purge(self._database, now, retention_days)

    async def backup(self, target: Path) -> None:
        """Copies the database to a new file while it is in use; raises StorageError."""
        await self._database.backend.backup(target)


async def _key(database: Database, connection: AsyncConnection) -> bytes:
    """The key that origins and names of conversations are digested with, made at the first start."""
    await connection.execute(database.backend.insert_if_new(DEPLOYMENT, {"name": _KEY, "value": secrets.token_hex(32)}))
    value = await connection.execute(select(DEPLOYMENT.c.value).where(DEPLOYMENT.c.name == _KEY))
    return bytes.fromhex(value.scalar_one())
