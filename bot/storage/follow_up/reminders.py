"""How the follow-up stands, in figures, and which overdue groups staff were reminded of."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update

from bot.records.askers import AskerState
from bot.records.drafts import DraftState
from bot.records.groups import UNFINISHED, Group
from bot.storage.database import Database
from bot.storage.follow_up.groups import GROUP_COLUMNS
from bot.storage.follow_up.serialising import group_of_row
from bot.storage.follow_up.tables import ASKERS, DRAFTS, GROUPS
from bot.storage.tables import QUESTIONS

_RECENTLY = timedelta(days=7)


class Reminders:
    """Finds what is overdue, and keeps what staff were reminded of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def overdue(self, now: datetime, limit: int, *, reminded: bool | None) -> list[Group]:
        """Unfinished groups past their due date, the longest waiting first; those (not) reminded of, or all (None)."""
        query = select(*GROUP_COLUMNS).where(GROUPS.c.state.in_(UNFINISHED), GROUPS.c.due_at < now)
        if reminded is not None:
            query = query.where(GROUPS.c.reminded_at.is_not(None) if reminded else GROUPS.c.reminded_at.is_(None))

        def work(connection: Connection) -> list[Group]:
            rows = connection.execute(query.order_by(GROUPS.c.due_at, GROUPS.c.number).limit(limit))
            return [group_of_row(row) for row in rows]

        return await self._database.read(work)

    async def newly_waiting(self, since: datetime, limit: int) -> list[tuple[Group, int]]:
        """Unfinished groups from before, with how many citizens have asked since then to be told, the most first."""
        new = func.count(ASKERS.c.citizen_digest.distinct())
        asked = (
            select(QUESTIONS.c.group_number.label("number"), new.label("new"))
            .join(ASKERS, ASKERS.c.question_number == QUESTIONS.c.number)
            .where(ASKERS.c.created_at > since, ASKERS.c.state == AskerState.WAITING)
            .group_by(QUESTIONS.c.group_number)
            .subquery()
        )
        query = (
            select(*GROUP_COLUMNS, asked.c.new)
            .join(asked, asked.c.number == GROUPS.c.number)
            .where(GROUPS.c.state.in_(UNFINISHED), GROUPS.c.first_asked_at <= since)
            .order_by(asked.c.new.desc(), GROUPS.c.number)
            .limit(limit)
        )

        def work(connection: Connection) -> list[tuple[Group, int]]:
            rows: list[Any] = list(connection.execute(query))
            return [(group_of_row(row), int(row.new)) for row in rows]

        return await self._database.read(work)

    async def claim(self, group: int, now: datetime) -> bool:
        """Whether staff were not reminded of the group before; they are now."""
        chosen = (GROUPS.c.number == group) & GROUPS.c.reminded_at.is_(None)

        def work(connection: Connection) -> bool:
            return connection.execute(update(GROUPS).where(chosen).values(reminded_at=now)).rowcount == 1

        return await self._database.write(work)

    async def times_to_answer(self, since: datetime) -> list[timedelta]:
        """Of groups answered since then, the time from the first question to the answer."""
        query = select(GROUPS.c.first_asked_at, GROUPS.c.answered_at).where(GROUPS.c.answered_at >= since)

        def work(connection: Connection) -> list[timedelta]:
            return [row.answered_at - row.first_asked_at for row in connection.execute(query)]

        return await self._database.read(work)

    async def counts(self, now: datetime) -> dict[str, int]:
        """How many groups are open, taken, drafted and overdue, how many drafts new, and whom answers did not reach."""
        states = select(GROUPS.c.state, func.count()).group_by(GROUPS.c.state)
        late = select(func.count()).select_from(GROUPS).where(GROUPS.c.state.in_(UNFINISHED), GROUPS.c.due_at < now)
        drafts = select(func.count()).select_from(DRAFTS).where(DRAFTS.c.state == DraftState.NEW)
        lost = (ASKERS.c.state == AskerState.FAILED) & (ASKERS.c.ended_at > now - _RECENTLY)
        failed = select(func.count()).select_from(ASKERS).where(lost)

        def work(connection: Connection) -> dict[str, int]:
            by_state = {row[0]: row[1] for row in connection.execute(states)}
            unfinished = {state.value: by_state.get(state.value, 0) for state in UNFINISHED}
            figures = {"overdue": late, "new_drafts": drafts, "failed": failed}
            return {**unfinished, **{name: connection.execute(query).scalar_one() for name, query in figures.items()}}

        return await self._database.read(work)
