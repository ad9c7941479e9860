"""Finds and counts groups: for lists, and to remind staff of what is overdue."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    text,
    update,
)

from bot.records.drafts import DraftState
from bot.records.groups import AGES, UNFINISHED, Group, GroupFilter, GroupKind, GroupOrder, GroupState, NearestEntries
from bot.records.questions import AskerState
from bot.storage.database import Database
from bot.storage.follow_up.groups import GROUP_COLUMNS, group_of_row
from bot.storage.follow_up.tables import ASKERS, DRAFTS, GROUPS
from bot.storage.tables import NOT_HELPED, QUESTIONS

_MOST_WORDS = 8
_NUMBER_DIGITS = 15
_LISTED = [state for state in GroupState if state is not GroupState.MERGED]


class GroupSearch:
    """Finds groups; every query is one pass over the groups that are kept, with what is asked of them beside."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kinds(self, now: datetime, wanted: str = "") -> dict[GroupKind, int]:
        """How many groups that a text is about there are of each kind; merged ones are not counted."""
        waiting, unhelpful = _waiting(), _unhelpful()
        columns: list[ColumnElement[Any]] = [
            GROUPS.c.state,
            GROUPS.c.language,
            _nearest().label("nearest"),
            _days(now).label("days"),
            waiting.c.count.is_not(None).label("waited_for"),
            unhelpful.c.number.is_not(None).label("unhelpful"),
        ]
        query = (
            select(*columns, func.count().label("groups"))
            .select_from(GROUPS)
            .outerjoin(waiting, waiting.c.number == GROUPS.c.number)
            .outerjoin(unhelpful, unhelpful.c.number == GROUPS.c.number)
            .where(GROUPS.c.state.in_(_LISTED), *_about(wanted))
            .group_by(*columns)
        )
        return {_kind(row): int(row.groups) for row in await self._database.rows(query)}

    async def page(
        self,
        chosen: GroupFilter,
        entries: NearestEntries | None,
        *,
        order: GroupOrder,
        now: datetime,
        offset: int,
        limit: int,
    ) -> list[Group]:
        """Groups that the filter leaves, with those nearest entries, in that order."""
        waiting = _waiting()
        count = func.coalesce(waiting.c.count, 0)
        query = (
            select(GROUPS.c.number)
            .select_from(GROUPS)
            .outerjoin(waiting, waiting.c.number == GROUPS.c.number)
            .where(*_conditions(chosen, entries, now), *_about(chosen.text))
            .offset(offset)
            .limit(limit)
        )
        if chosen.waited_for:
            query = query.where(waiting.c.count.is_not(None))
        ordered = _ordered(query, order, count)

        def work(connection: Connection) -> list[Group]:
            numbers = connection.execute(ordered).scalars().all()
            found = connection.execute(select(*GROUP_COLUMNS).where(GROUPS.c.number.in_(numbers)))
            groups = {row.number: group_of_row(row) for row in found}
            return [groups[number] for number in numbers]

        return await self._database.read(work)

    async def last_change(self) -> datetime | None:
        """When any group changed last."""
        query = select(func.max(GROUPS.c.changed_at))
        found: datetime | None = await self._database.scalar(query)
        return found


def _kind(row: Any) -> GroupKind:
    state, days = GroupState(row.state), int(row.days)
    return GroupKind(state, row.language, row.nearest or "", days, bool(row.waited_for), bool(row.unhelpful))


def _ordered(query: Select[Any], order: GroupOrder, waiting: ColumnElement[int]) -> Select[Any]:
    columns: dict[GroupOrder, tuple[ColumnElement[Any], ...]] = {
        GroupOrder.WAITING: (waiting.desc(), GROUPS.c.questions.desc()),
        GroupOrder.COUNT: (GROUPS.c.questions.desc(), waiting.desc()),
        GroupOrder.OLDEST: (GROUPS.c.first_asked_at,),
        GroupOrder.NEWEST: (GROUPS.c.last_asked_at.desc(),),
        GroupOrder.DUE: (GROUPS.c.due_at,),
    }
    return query.order_by(*columns[order], GROUPS.c.number)


def _conditions(chosen: GroupFilter, entries: NearestEntries | None, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [GROUPS.c.state.in_(chosen.states)]
    if chosen.language:
        conditions.append(GROUPS.c.language == chosen.language)
    if chosen.days:
        conditions.append(GROUPS.c.first_asked_at <= now - timedelta(days=chosen.days))
    if chosen.unhelpful:
        conditions.append(GROUPS.c.number.in_(select(_unhelpful().c.number)))
    if entries:
        nearest = func.coalesce(_nearest(), "")
        conditions.append(nearest.not_in(entries.ids) if entries.are_excluded else nearest.in_(entries.ids))
    return conditions


def _about(wanted: str) -> list[ColumnElement[bool]]:
    """That a group has that number, or each of the words in one of its questions."""
    words = wanted.split()[:_MOST_WORDS]
    number = wanted.strip().removeprefix("#")
    if number.isdecimal() and number.isascii() and len(number) <= _NUMBER_DIGITS:
        return [GROUPS.c.number == int(number)]
    if not words:
        return []
    said = [QUESTIONS.c.text.icontains(word, autoescape=True) for word in words]
    titled = [GROUPS.c.title.icontains(word, autoescape=True) for word in words]
    asked = select(QUESTIONS.c.group_number).where(QUESTIONS.c.group_number.is_not(None), *said)
    return [or_(and_(*titled), GROUPS.c.number.in_(asked))]


def _waiting() -> Subquery:
    """How many citizens of a group wait, of the groups of which some do."""
    return (
        select(QUESTIONS.c.group_number.label("number"), func.count(ASKERS.c.citizen_digest.distinct()).label("count"))
        .join(ASKERS, ASKERS.c.question_number == QUESTIONS.c.number)
        .where(ASKERS.c.state == AskerState.WAITING, QUESTIONS.c.group_number.is_not(None))
        .group_by(QUESTIONS.c.group_number)
        .subquery()
    )


def _unhelpful() -> Subquery:
    """Groups that have a question to which an answer was given."""
    return (
        select(QUESTIONS.c.group_number.label("number"))
        .where(text(NOT_HELPED), QUESTIONS.c.group_number.is_not(None))
        .distinct()
        .subquery()
    )


def _nearest() -> ColumnElement[Any]:
    """The id of the nearest entry."""
    first: ColumnElement[Any] = GROUPS.c.nearest[(0, 0)].as_string()
    return first


def _days(now: datetime) -> ColumnElement[int]:
    older = [(GROUPS.c.first_asked_at <= now - timedelta(days=days), literal(days)) for days in sorted(AGES)[:0:-1]]
    return case(*older, else_=literal(0))


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
        rows = await self._database.rows(query.order_by(GROUPS.c.due_at, GROUPS.c.number).limit(limit))
        return [group_of_row(row) for row in rows]

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
        rows = await self._database.rows(query)
        return [(group_of_row(row), int(row.new)) for row in rows]

    async def claim(self, group: int, now: datetime) -> bool:
        """Whether staff were not reminded of the group before; they are now."""
        chosen = (GROUPS.c.number == group) & GROUPS.c.reminded_at.is_(None)
        return await self._database.execute(update(GROUPS).where(chosen).values(reminded_at=now)) == 1

    async def times_to_answer(self, since: datetime) -> list[timedelta]:
        """Of groups answered since then, the time from the first question to the answer."""
        query = select(GROUPS.c.first_asked_at, GROUPS.c.answered_at).where(GROUPS.c.answered_at >= since)
        return [row.answered_at - row.first_asked_at for row in await self._database.rows(query)]

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
