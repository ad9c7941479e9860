"""Where staff see groups, what replies to that are for, and what they have before their eyes, in the database."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, select, update

from bot.records.errors import UnknownPreviewError
from bot.records.groups import GroupState, StaffMember
from bot.storage.database import Database, storable
from bot.storage.follow_up.groups import NUMBERS
from bot.storage.follow_up.tables import CARDS, DIGESTS, GROUPS, PREVIEWS, PROMPTS, STAFF_CHATS
from knowledge.base import Language


@dataclass(frozen=True, slots=True)
class Card:
    """Where a group is shown: a message (none while it is on its way) in a thread of a chat, of that revision.

    From `again_at` on it is to be shown once more, because time alone makes another text of it true.
    """

    group: int
    chat: int
    message: int | None
    thread: int | None
    revision: int
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """An answer that a staff member wrote, or that of an entry, and has not sent."""

    number: int
    group: int
    text: str
    language: Language
    by: StaffMember
    at: datetime
    entry_id: str | None = None


class Cards:
    """Keeps where groups are shown, previews, and for which days digests were sent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, group: int, chat: int) -> Card | None:
        """The group's card in the chat, if there is one."""
        return await self._first(and_(CARDS.c.group_number == group, CARDS.c.chat == chat))

    async def of_message(self, chat: int, message: int) -> Card | None:
        """The card that is this message, or None."""
        return await self._first(and_(CARDS.c.chat == chat, CARDS.c.message == message))

    async def set(self, card: Card) -> None:
        """Keeps where the group is shown, in the place of what was known."""
        values = {
            "group_number": card.group,
            "chat": card.chat,
            "thread": card.thread,
            "message": card.message,
            "revision": card.revision,
            "again_at": card.again_at,
        }
        insert = self._database.backend.insert(CARDS).values(values)
        replacing = insert.on_conflict_do_update(index_elements=list(CARDS.primary_key), set_=values)
        await self._database.execute(replacing)

    async def catch_up(self, group: int, chat: int, revision: int) -> None:
        """Where the group has no message of its own, there is nothing to bring up to that revision."""
        chosen = and_(CARDS.c.group_number == group, CARDS.c.chat == chat, CARDS.c.message.is_(None))
        await self._database.execute(update(CARDS).where(chosen, CARDS.c.revision < revision).values(revision=revision))

    async def remove(self, group: int, chat: int) -> None:
        """The card is gone: it is to be made anew, or its group was destroyed."""
        chosen = and_(CARDS.c.group_number == group, CARDS.c.chat == chat)
        await self._database.execute(delete(CARDS).where(chosen))

    async def of_thread(self, chat: int, thread: int) -> Card | None:
        """The card that has this topic, or None."""
        return await self._first(and_(CARDS.c.chat == chat, CARDS.c.thread == thread))

    async def stale(self, chat: int, limit: int, now: datetime) -> list[int]:
        """The numbers of groups that the chat shows as they were, or does not show though they are unfinished."""
        shown = and_(CARDS.c.group_number == GROUPS.c.number, CARDS.c.chat == chat)
        unfinished = GROUPS.c.state.in_([GroupState.OPEN, GroupState.TAKEN, GroupState.DRAFTED])
        outdated = (CARDS.c.revision < GROUPS.c.revision) | (CARDS.c.message.is_not(None) & (CARDS.c.again_at <= now))
        query = select(GROUPS.c.number).outerjoin(CARDS, shown)
        query = query.where(outdated | (CARDS.c.revision.is_(None) & unfinished))
        return [
            row[0]
            for row in await self._database.rows(query.order_by(GROUPS.c.changed_at, GROUPS.c.number).limit(limit))
        ]

    async def orphans(self, chat: int, limit: int) -> list[Card]:
        """Cards whose groups were destroyed: what they show of citizens' words should go too."""
        gone = and_(CARDS.c.chat == chat, CARDS.c.group_number.not_in(select(GROUPS.c.number)))
        rows = await self._database.rows(select(CARDS).where(gone).limit(limit))
        return [_card(row) for row in rows]

    async def hold(
        self, group: int, text: str, language: Language, by: StaffMember, at: datetime, *, entry_id: str | None = None
    ) -> int:
        """The number of a new preview."""
        values = {
            "group_number": group,
            "text": storable(text),
            "language": language,
            "by_id": storable(by.id),
            "by_name": storable(by.name),
            "at": at,
            "entry_id": entry_id,
        }
        insert = self._database.backend.insert(PREVIEWS).values(values).returning(PREVIEWS.c.number)
        return int(await self._database.returned(insert))

    async def preview(self, number: int) -> Preview:
        """The preview of that number; raises UnknownPreviewError."""
        if number not in NUMBERS:
            raise UnknownPreviewError(number)
        query = select(PREVIEWS).where(PREVIEWS.c.number == number)
        row = await self._database.row(query)
        if row is None:
            raise UnknownPreviewError(number)
        by = StaffMember(row.by_id, row.by_name)
        return Preview(row.number, row.group_number, row.text, row.language, by, row.at, row.entry_id)

    async def drop(self, number: int) -> bool:
        """Destroys a preview; False when somebody did already."""
        return await self._database.execute(delete(PREVIEWS).where(PREVIEWS.c.number == number)) == 1

    async def claim_digest(self, channel: str, day: date, now: datetime) -> bool:
        """Whether the digest of that day is still to be sent; from then on it counts as sent."""
        insert = self._database.backend.insert(DIGESTS).on_conflict_do_nothing()
        return await self._database.execute(insert.values(channel=channel, day=day, at=now)) == 1

    async def _first(self, chosen: object) -> Card | None:
        query = select(CARDS).where(chosen).limit(1)  # type: ignore[arg-type]
        row = await self._database.row(query)
        return _card(row) if row else None


def _card(row: Row[Any]) -> Card:
    return Card(row.group_number, row.chat, row.message, row.thread, row.revision, row.again_at)


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
        await self._database.execute(replacing)

    async def get(self, chat: int, message: int) -> Prompt | None:
        """What a reply to the message is for; None where it asks for none."""
        query = select(PROMPTS).where(PROMPTS.c.chat == chat, PROMPTS.c.message == message)
        row = await self._database.row(query)
        return Prompt(row.chat, row.message, row.group_number, row.kind, row.at) if row else None

    async def of_kind(self, chat: int, kind: str, limit: int) -> list[Prompt]:
        """The prompts of that kind in the chat, the oldest first."""
        query = (
            select(PROMPTS).where(PROMPTS.c.chat == chat, PROMPTS.c.kind == kind).order_by(PROMPTS.c.at).limit(limit)
        )
        rows = await self._database.rows(query)
        return [Prompt(row.chat, row.message, row.group_number, row.kind, row.at) for row in rows]

    async def remove(self, chat: int, message: int) -> None:
        """The message asks for nothing any more."""
        chosen = delete(PROMPTS).where(PROMPTS.c.chat == chat, PROMPTS.c.message == message)
        await self._database.execute(chosen)

    async def move_chat(self, was: int, now: int) -> None:
        """The staff chat goes on under another number."""
        insert = self._database.backend.insert(STAFF_CHATS).values(was=was, now=now)
        replacing = insert.on_conflict_do_update(index_elements=[STAFF_CHATS.c.was], set_={"now": now})
        await self._database.execute(replacing)

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
