"""What replies in the staff chat are for, and where that chat is, in the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.storage.database import Database
from bot.storage.follow_up.tables import PROMPTS, STAFF_CHATS

_MOST_MOVES = 10


@dataclass(frozen=True, slots=True)
class Prompt:
    """A message that asks staff for a reply; `kind` says what the reply is for, in a word of the door's own."""

    chat: int
    message: int
    group: int
    kind: str
    at: datetime


class Prompts:
    """Keeps prompts, so that a reply is understood after a restart too, and the numbers of staff chats that moved."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def set(self, prompt: Prompt) -> None:
        """Keeps what a reply to the message is for."""
        values = {
            "chat": prompt.chat,
            "message": prompt.message,
            "group_number": prompt.group,
            "kind": prompt.kind,
            "at": prompt.at,
        }
        insert = self._database.backend.insert(PROMPTS).values(values)
        replacing = insert.on_conflict_do_update(index_elements=list(PROMPTS.primary_key), set_=values)

        def work(connection: Connection) -> None:
            connection.execute(replacing)

        await self._database.write(work)

    async def get(self, chat: int, message: int) -> Prompt | None:
        """What a reply to the message is for; None where it asks for none."""
        query = select(PROMPTS).where(PROMPTS.c.chat == chat, PROMPTS.c.message == message)

        def work(connection: Connection) -> Prompt | None:
            row = connection.execute(query).first()
            return Prompt(row.chat, row.message, row.group_number, row.kind, row.at) if row else None

        return await self._database.read(work)

    async def of_kind(self, chat: int, kind: str, limit: int) -> list[Prompt]:
        """The prompts of that kind in the chat, the oldest first."""
        query = (
            select(PROMPTS).where(PROMPTS.c.chat == chat, PROMPTS.c.kind == kind).order_by(PROMPTS.c.at).limit(limit)
        )

        def work(connection: Connection) -> list[Prompt]:
            rows = connection.execute(query)
            return [Prompt(row.chat, row.message, row.group_number, row.kind, row.at) for row in rows]

        return await self._database.read(work)

    async def remove(self, chat: int, message: int) -> None:
        """The message asks for nothing any more."""
        chosen = delete(PROMPTS).where(PROMPTS.c.chat == chat, PROMPTS.c.message == message)

        def work(connection: Connection) -> None:
            connection.execute(chosen)

        await self._database.write(work)

    async def move_chat(self, was: int, now: int) -> None:
        """The staff chat goes on under another number."""
        insert = self._database.backend.insert(STAFF_CHATS).values(was=was, now=now)
        replacing = insert.on_conflict_do_update(index_elements=[STAFF_CHATS.c.was], set_={"now": now})

        def work(connection: Connection) -> None:
            connection.execute(replacing)

        await self._database.write(work)

    async def chat_now(self, was: int) -> int:
        """The number under which the staff chat goes on that had this one."""

        def work(connection: Connection) -> int:
            chat = was
            for _ in range(_MOST_MOVES):
                moved = connection.execute(select(STAFF_CHATS.c.now).where(STAFF_CHATS.c.was == chat)).scalar()
                if moved is None:
                    break
                chat = moved
            return chat

        return await self._database.read(work)
