"""What staff did and what they keep, in the database: every act, saved replies, and the pause of the assistant."""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, select

from bot.records.groups import Act, AuditRecord, Deed, SavedReply, StaffMember
from bot.storage.database import Database
from bot.storage.follow_up.groups import NUMBERS
from bot.storage.follow_up.tables import AUDIT, SAVED_REPLIES
from bot.storage.tables import DEPLOYMENT, storable


class Audit:
    """Keeps every act; nothing of it is ever changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        at: datetime,
        by: StaffMember,
        act: Act,
        *,
        group: int | None,
        before: dict[str, Any],
        after: dict[str, Any],
    ) -> None:
        """Keeps one act, in the unit that it is done in."""
        values = {
            "at": at,
            "by_id": storable(by.id),
            "by_name": storable(by.name),
            "act": act,
            "group_number": group,
            "before": before,
            "after": after,
        }
        insert = self._database.backend.insert(AUDIT).values(values)

        def work(connection: Connection) -> None:
            connection.execute(insert)

        await self._database.write(work)

    async def listed(
        self, limit: int | None = None, group: int | None = None, before: int | None = None
    ) -> list[AuditRecord]:
        """The records, of one group where it is named, the newest first; with `before`, those of smaller numbers."""
        query = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(limit)
        if group is not None:
            query = query.where(AUDIT.c.group_number == group)
        if before is not None:
            query = query.where(AUDIT.c.number < before)

        def work(connection: Connection) -> list[AuditRecord]:
            return [_record(row) for row in connection.execute(query)]

        return await self._database.read(work)


def _record(row: Row[Any]) -> AuditRecord:
    by = StaffMember(row.by_id, row.by_name)
    return AuditRecord(row.number, row.at, by, Act(row.act), row.group_number, row.before, row.after)


class KeptReplies:
    """Keeps saved replies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self) -> list[SavedReply]:
        """All of them, the newest first."""
        query = select(SAVED_REPLIES).order_by(SAVED_REPLIES.c.number.desc())

        def work(connection: Connection) -> list[SavedReply]:
            return [
                SavedReply(row.number, row.text, StaffMember(row.by_id, row.by_name), row.at)
                for row in connection.execute(query)
            ]

        return await self._database.read(work)

    async def add(self, text: str, by: StaffMember, at: datetime) -> int:
        """The number under which the text is kept; a text that is kept already stays as it is."""
        values = {"text": storable(text), "by_id": storable(by.id), "by_name": storable(by.name), "at": at}
        insert = self._database.backend.insert(SAVED_REPLIES).values(values).returning(SAVED_REPLIES.c.number)
        known = select(SAVED_REPLIES.c.number).where(SAVED_REPLIES.c.text == values["text"]).limit(1)

        def work(connection: Connection) -> int:
            number = connection.execute(known).scalar()
            return int(number if number is not None else connection.execute(insert).scalar_one())

        return await self._database.write(work)

    async def remove(self, number: int) -> bool:
        """Destroys one; False when there is none of that number."""
        if number not in NUMBERS:
            return False
        chosen = delete(SAVED_REPLIES).where(SAVED_REPLIES.c.number == number)

        def work(connection: Connection) -> bool:
            return connection.execute(chosen).rowcount == 1

        return await self._database.write(work)


_NAME = "paused"
_DEED = TypeAdapter(Deed)


class KeptPause:
    """Keeps who paused the assistant, and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self) -> Deed | None:
        """Who paused it; None while it answers."""
        query = select(DEPLOYMENT.c.value).where(DEPLOYMENT.c.name == _NAME)

        def work(connection: Connection) -> Deed | None:
            kept = connection.execute(query).scalar()
            return _DEED.validate_json(kept) if kept else None

        return await self._database.read(work)

    async def begin(self, deed: Deed) -> None:
        """It is paused from now on; one that is paused already stays as it is."""
        insert = self._database.backend.insert(DEPLOYMENT).on_conflict_do_nothing()
        values = {"name": _NAME, "value": storable(_DEED.dump_json(deed).decode())}

        def work(connection: Connection) -> None:
            connection.execute(insert, values)

        await self._database.write(work)

    async def end(self) -> bool:
        """It answers again; False when it was not paused."""

        def work(connection: Connection) -> bool:
            return connection.execute(delete(DEPLOYMENT).where(DEPLOYMENT.c.name == _NAME)).rowcount == 1

        return await self._database.write(work)
