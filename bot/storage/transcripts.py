"""Chats that are kept here, in the database: who reads them is known by a secret of their own alone."""

from collections.abc import Collection, Mapping
from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, select, update

from bot.records.kept_messages import MESSAGES_KEPT, KeptButton, KeptMessage, MessageContent
from bot.storage.database import Database, storable, storable_number
from bot.storage.digests import DigestKey, digest_of
from bot.storage.tables import CHATS, FORMS, MESSAGES

MOST_SHOWN = 200
_FORMS_KEPT = timedelta(days=2)
_LATELY = timedelta(hours=1)


class Transcripts:
    """Keeps chats. Each method joins the unit it is called in, and raises StorageError.

    A chat's secret says whose it is, so only a digest of it under this deployment's `key` is kept.
    """

    def __init__(self, database: Database, key: DigestKey) -> None:
        self._database = database
        self._key = key

    async def chat(self, secret: str) -> int | None:
        """The number of the chat that has the secret, or None."""
        query = select(CHATS.c.number).where(CHATS.c.secret_digest == self._digest(secret))
        found: int | None = await self._database.scalar(query)
        return found

    async def open(self, secret: str, now: datetime) -> int:
        """The number of the chat that has the secret; a new one where there is none. It was seen now."""
        digest = self._digest(secret)
        values = {"secret_digest": digest, "revision": 0, "seen_at": now}
        insert = self._database.backend.insert(CHATS).values(values).on_conflict_do_nothing()
        query = select(CHATS.c.number, CHATS.c.seen_at).where(CHATS.c.secret_digest == digest)

        def work(connection: Connection) -> int:
            known = connection.execute(query).one_or_none()
            if known is None:
                connection.execute(insert)
                known = connection.execute(query).one()
            if known.seen_at < now - _LATELY:
                connection.execute(update(CHATS).where(CHATS.c.number == known.number).values(seen_at=now))
            return int(known.number)

        return await self._database.write(work)

    async def has_taken(self, chat: int, form: str) -> bool:
        """Whether the form of the chat was taken before."""
        query = select(FORMS.c.digest).where(FORMS.c.digest == self._form_digest(chat, form))
        return await self._database.scalar(query) is not None

    async def take(self, chat: int, form: str, now: datetime) -> bool:
        """Whether the form of the chat is taken now, rather than before."""
        values = {"digest": self._form_digest(chat, form), "chat": chat, "at": now}
        insert = self._database.backend.insert(FORMS).values(values).on_conflict_do_nothing()
        return await self._database.execute(insert) == 1

    async def add(self, chat: int, content: MessageContent, now: datetime, reply_to: int | None = None) -> int | None:
        """The number of a new message at the end of the chat; None where the chat is there no more."""
        insert = self._database.backend.insert(MESSAGES).returning(MESSAGES.c.number)

        def work(connection: Connection) -> int | None:
            revision = _next_revision(connection, chat)
            if revision is None:
                return None
            values = {"chat": chat, "reply_to": reply_to, "at": now, "revision": revision, **_values(content)}
            return int(connection.execute(insert.values(values)).scalar_one())

        return await self._database.write(work)

    async def change(self, chat: int, number: int, content: MessageContent) -> bool:
        """Puts something else in the place of a message; False where the chat has no such message."""
        chosen = _is(chat, number)

        def work(connection: Connection) -> bool:
            revision = _next_revision(connection, chat)
            changed = update(MESSAGES).where(chosen).values(revision=revision, **_values(content))
            return revision is not None and connection.execute(changed).rowcount == 1

        return await self._database.write(work)

    async def message(self, chat: int, number: int) -> KeptMessage | None:
        """A message of that chat; None where it has no such message, whoever else may have one."""
        query = select(MESSAGES).where(_is(chat, number))
        row = await self._database.row(query)
        return _message(row) if row else None

    async def messages(self, chat: int, after: int = 0) -> list[KeptMessage]:
        """What was said, in order; the newest where it is much. Only what changed since the revision `after`."""
        chosen = and_(MESSAGES.c.chat == chat, MESSAGES.c.revision > after)
        query = select(MESSAGES).where(chosen).order_by(MESSAGES.c.number.desc()).limit(MOST_SHOWN)
        return [_message(row) for row in await self._database.rows(query)][::-1]

    async def revisions(self, chats: Collection[int]) -> Mapping[int, int]:
        """The revision of each of the chats that is still there."""
        query = select(CHATS.c.number, CHATS.c.revision).where(CHATS.c.number.in_(chats))
        return {row.number: row.revision for row in await self._database.rows(query)}

    async def forget(self, chat: int) -> None:
        """Destroys the chat and all that was said in it."""

        def work(connection: Connection) -> None:
            connection.execute(delete(FORMS).where(FORMS.c.chat == chat))
            connection.execute(delete(MESSAGES).where(MESSAGES.c.chat == chat))
            connection.execute(delete(CHATS).where(CHATS.c.number == chat))

        await self._database.write(work)

    def _digest(self, secret: str) -> bytes:
        return digest_of(f"transcript:{secret}", self._key)

    def _form_digest(self, chat: int, form: str) -> bytes:
        return digest_of(f"form:{chat}:{form}", self._key)


async def purge_transcripts(database: Database, now: datetime, retention: timedelta) -> int:
    """Destroys what is past its time at `now`: messages, and chats that nobody looked at; how many rows that were."""
    statements = (
        delete(FORMS).where(FORMS.c.at < now - _FORMS_KEPT),
        delete(MESSAGES).where(MESSAGES.c.at < now - min(MESSAGES_KEPT, retention)),
        delete(CHATS).where(
            CHATS.c.seen_at < now - retention - _LATELY,
            ~select(MESSAGES.c.number).where(MESSAGES.c.chat == CHATS.c.number).exists(),
        ),
    )

    def work(connection: Connection) -> int:
        return sum(connection.execute(statement).rowcount for statement in statements)

    return await database.write(work)


def _is(chat: int, number: int) -> ColumnElement[bool]:
    return and_(MESSAGES.c.chat == chat, MESSAGES.c.number == storable_number(number))


def _next_revision(connection: Connection, chat: int) -> int | None:
    """Counts a change of the chat; until the transaction ends, nobody else can change it."""
    counted = update(CHATS).where(CHATS.c.number == chat).values(revision=CHATS.c.revision + 1)
    return connection.execute(counted.returning(CHATS.c.revision)).scalar_one_or_none()


def _values(content: MessageContent) -> dict[str, Any]:
    return {
        "text": storable(content.text),
        "language": content.language,
        "buttons": [astuple(button) for button in content.buttons],
        "prompt": content.prompt,
        "is_own": content.is_own,
        "is_literal": content.is_literal,
    }


def _message(row: Row[Any]) -> KeptMessage:
    buttons = tuple(KeptButton(*button) for button in row.buttons)
    content = MessageContent(row.text, row.language, buttons, row.prompt, row.is_own, row.is_literal)
    return KeptMessage(row.number, content, row.reply_to, row.revision, row.at)
