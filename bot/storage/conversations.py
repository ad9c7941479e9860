"""What conversations are about, in the database."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.keeping import digest_of, storable
from bot.storage.tables import CONVERSATIONS

_PATIENCE = 1.0
"""Seconds to wait for this process's other writers. A memory may be lost; a question that waits behind it may not."""


class KeptConversations:
    """Keeps what conversations are about; implements bot.conversations.Conversations.

    A conversation's name says whose it is, so only a digest of it under this deployment's `key` is kept.
    """

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key

    async def recall(self, conversation: str, now: datetime) -> str | None:
        """What was remembered of the conversation, unless its time is over."""
        is_it = CONVERSATIONS.c.name_digest == digest_of(conversation, self._key)
        query = select(CONVERSATIONS.c.text).where(is_it, CONVERSATIONS.c.until > now)

        async def work(connection: AsyncConnection) -> str | None:
            return (await connection.execute(query)).scalar_one_or_none()

        return await self._database.read(work)

    async def remember(self, conversation: str, text: str, until: datetime) -> None:
        """Keeps the text, in the place of what was remembered before."""
        values = {"name_digest": digest_of(conversation, self._key), "text": storable(text), "until": until}
        insert = self._database.backend.insert_or_replace(CONVERSATIONS, values)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert)

        await self._database.write(work, _PATIENCE)

    async def forget(self, conversation: str) -> None:
        """Destroys what was remembered."""
        deletion = delete(CONVERSATIONS).where(CONVERSATIONS.c.name_digest == digest_of(conversation, self._key))

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(deletion)

        await self._database.write(work, _PATIENCE)
