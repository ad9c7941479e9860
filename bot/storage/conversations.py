"""What conversations are about, in the database."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.storage.database import Database
from bot.storage.stored_values import digest_of, storable
from bot.storage.tables import CONVERSATIONS

_PATIENCE = 1.0
"""Seconds to wait for this process's other writers. A memory may be lost; a question that waits behind it may not."""


_IS_IT = CONVERSATIONS.c.name_digest == bindparam("digest")
_RECALL = select(CONVERSATIONS.c.text).where(_IS_IT, CONVERSATIONS.c.until > bindparam("now"))
_FORGET = delete(CONVERSATIONS).where(_IS_IT)


class KeptConversations:
    """Keeps what conversations are about; implements bot.dialogue.memory.Conversations.

    A conversation's name says whose it is, so only a digest of it under this deployment's `key` is kept.
    """

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key
        insert = database.backend.insert(CONVERSATIONS)
        new = {name: insert.excluded[name] for name in ("text", "until")}
        self._remember = insert.on_conflict_do_update(index_elements=[CONVERSATIONS.c.name_digest], set_=new)

    async def recall(self, conversation: str, now: datetime) -> str | None:
        """What was remembered of the conversation, unless its time is over."""
        wanted = {"digest": digest_of(conversation, self._key), "now": now}

        def work(connection: Connection) -> str | None:
            return connection.execute(_RECALL, wanted).scalar_one_or_none()

        return await self._database.read(work)

    async def remember(self, conversation: str, text: str, until: datetime) -> None:
        """Keeps the text, in the place of what was remembered before."""
        values = {"name_digest": digest_of(conversation, self._key), "text": storable(text), "until": until}

        def work(connection: Connection) -> None:
            connection.execute(self._remember, values)

        await self._database.write(work, _PATIENCE)

    async def forget(self, conversation: str) -> None:
        """Destroys what was remembered."""
        wanted = {"digest": digest_of(conversation, self._key)}

        def work(connection: Connection) -> None:
            connection.execute(_FORGET, wanted)

        await self._database.write(work, _PATIENCE)
