"""Who did what and when, in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.records.groups import Act, AuditRecord, StaffMember
from bot.storage.database import Database
from bot.storage.follow_up.tables import AUDIT
from bot.storage.stored_values import storable


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
