"""Groups of questions in the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, case, delete, func, select, update

from bot.records.errors import UnknownGroupError
from bot.records.groups import DUE_AFTER, Group, GroupState, LastAct, Standing
from bot.records.questions import AskerState, Nearest, QuestionState, RecordedQuestion
from bot.storage.database import Database, storable
from bot.storage.follow_up.tables import ASKERS, GROUPS
from bot.storage.tables import QUESTIONS

_STANDING = TypeAdapter(Standing)
_LAST_ACT = TypeAdapter(LastAct)


def standing_data(standing: Standing) -> Any:
    """The standing as JSON takes it."""
    return _storable(_STANDING.dump_python(standing, mode="json", exclude_defaults=True))


def last_act_data(last: LastAct | None) -> Any:
    """The last act as JSON takes it."""
    return _storable(_LAST_ACT.dump_python(last, mode="json", exclude_defaults=True)) if last else None


def group_of_row(row: Row[Any]) -> Group:
    """The group that a row holds."""
    return Group(
        number=row.number,
        title=row.title,
        language=row.language,
        languages=tuple(row.languages),
        count=row.questions,
        people=row.people,
        waiting=row.waiting,
        first_asked_at=row.first_asked_at,
        last_asked_at=row.last_asked_at,
        due_at=row.due_at,
        nearest=nearest_of(row.nearest),
        revision=row.revision,
        standing=_STANDING.validate_python(row.standing),
        last=_LAST_ACT.validate_python(row.last_act) if row.last_act else None,
        changed_at=row.changed_at,
        answer_revision=row.answer_revision,
    )


def nearest_of(pairs: list[list[Any]]) -> tuple[Nearest, ...]:
    """Nearest entries from pairs of an id and a confidence."""
    return tuple(Nearest(entry_id, confidence) for entry_id, confidence in pairs)


def _storable(value: Any) -> Any:
    """The value with every text in it made such that each database system takes it."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list) else value


NUMBERS = range(1, 2**63)
_QUESTION_STATES = {
    GroupState.ANSWERED: QuestionState.ANSWERED,
    GroupState.DISMISSED: QuestionState.DISMISSED,
}
_UNKNOWN_PEOPLE = func.coalesce(func.sum(case((QUESTIONS.c.citizen_digest.is_(None), 1), else_=0)), 0)
_PEOPLE = (
    select(func.count(QUESTIONS.c.citizen_digest.distinct()) + _UNKNOWN_PEOPLE)
    .where(QUESTIONS.c.group_number == GROUPS.c.number)
    .correlate(GROUPS)
    .scalar_subquery()
)
"""Questions of whom nothing is known any more count one each."""
_WAITING = (
    select(func.count(ASKERS.c.citizen_digest.distinct()))
    .join(QUESTIONS, QUESTIONS.c.number == ASKERS.c.question_number)
    .where(QUESTIONS.c.group_number == GROUPS.c.number, func.coalesce(ASKERS.c.state, "") == AskerState.WAITING)
    .correlate(GROUPS)
    .scalar_subquery()
)
"""By the group's questions: with the state as it is, SQLite would go through everybody who waits, for each group."""
GROUP_COLUMNS = (*GROUPS.c, _PEOPLE.label("people"), _WAITING.label("waiting"))
"""What a row of a group has that `group_of_row` reads."""
_FOLLOWED_UP = (QuestionState.OPEN, QuestionState.ANSWERED, QuestionState.DISMISSED)


def state_of_questions(state: GroupState) -> QuestionState:
    """The state of the questions of a group in that state."""
    return _QUESTION_STATES.get(state, QuestionState.OPEN)


class Groups:
    """Keeps groups. What changes one locks it first, so that acts on it come one after the other."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, number: int) -> Group:
        """The group of that number; raises UnknownGroupError."""
        return (await self._groups(_with_numbers([number]), [number]))[0]

    async def of_numbers(self, numbers: Collection[int]) -> list[Group]:
        """The groups of those numbers that there are."""
        return await self.found(_with_numbers(numbers)) if numbers else []

    async def lock(self, *numbers: int) -> list[Group]:
        """The groups of those numbers, which nobody else can change until the unit ends; raises UnknownGroupError."""
        query = _with_numbers(numbers).order_by(GROUPS.c.number).with_for_update(of=GROUPS)
        return await self._groups(query, list(numbers), lock=True)

    async def listed(self, states: Collection[GroupState], limit: int | None = None) -> list[Group]:
        """Groups in one of the states, the newest first."""
        query = select(*GROUP_COLUMNS).where(GROUPS.c.state.in_(states)).order_by(GROUPS.c.number.desc()).limit(limit)
        return await self.found(query)

    async def most_asked(self, states: Collection[GroupState], since: datetime | None, limit: int) -> list[Group]:
        """Groups in one of the states with a question since then, those of the most people first."""
        query = select(*GROUP_COLUMNS).where(GROUPS.c.state.in_(states))
        if since:
            query = query.where(GROUPS.c.last_asked_at >= since)
        return await self.found(query.order_by(_PEOPLE.desc(), GROUPS.c.number).limit(limit))

    async def found(self, query: Select[Any]) -> list[Group]:
        """The groups that the query finds."""
        return [group_of_row(row) for row in await self._database.rows(query)]

    async def open(self, question: RecordedQuestion, now: datetime) -> int:
        """The number of a new group for the question alone: the question's own, so that a card and a question of one
        number are about the same, unless an older group has it.
        """
        values = {
            "state": GroupState.OPEN,
            "title": question.text,
            "language": question.language,
            "languages": [question.language],
            "questions": 0,
            "first_asked_at": question.asked_at,
            "last_asked_at": question.asked_at,
            "due_at": question.asked_at + DUE_AFTER,
            "nearest": [[near.entry_id, near.confidence] for near in question.nearest],
            "standing": standing_data(Standing()),
            "revision": 0,
            "answer_revision": 0,
            "changed_at": now,
        }
        insert = self._database.backend.insert(GROUPS).on_conflict_do_nothing().returning(GROUPS.c.number)

        def work(connection: Connection) -> int:
            number = connection.execute(insert.values(values | {"number": question.number})).scalar()
            while number is None:  # the next number of its own may be a question's too
                number = connection.execute(insert.values(values)).scalar()
            return int(number)

        return await self._database.write(work)

    async def remove(self, number: int) -> None:
        """Destroys a group that no question belongs to."""
        await self._database.execute(delete(GROUPS).where(GROUPS.c.number == number))

    async def change(self, group: Group, standing: Standing, last: LastAct | None, now: datetime) -> int:
        """Keeps the new standing of a locked group, and its questions' states; of how many that changed."""
        answered = standing.answer != group.standing.answer
        answered_at = standing.answered.at if standing.answered and standing.state is GroupState.ANSWERED else None
        change = (
            update(GROUPS)
            .where(GROUPS.c.number == group.number)
            .values(
                state=standing.state,
                standing=standing_data(standing),
                last_act=last_act_data(last),
                answered_at=answered_at,
                send_at=standing.send_at,
                sent_at=GROUPS.c.sent_at if standing.send_at == group.standing.send_at else None,
                revision=GROUPS.c.revision + 1,
                answer_revision=GROUPS.c.revision + 1 if answered else GROUPS.c.answer_revision,
                changed_at=now,
            )
        )
        state = state_of_questions(standing.state)
        belongs = (QUESTIONS.c.group_number == group.number) & QUESTIONS.c.state.in_(_FOLLOWED_UP)
        follow = update(QUESTIONS).where(belongs & (QUESTIONS.c.state != state)).values(state=state, updated_at=now)

        def work(connection: Connection) -> int:
            connection.execute(change)
            return connection.execute(follow).rowcount

        return await self._database.write(work)

    async def sending_began(self, number: int, now: datetime) -> None:
        """The first asker of the locked group is about to be told."""
        change = update(GROUPS).where((GROUPS.c.number == number) & GROUPS.c.sent_at.is_(None)).values(sent_at=now)
        await self._database.execute(change)

    async def noted(self, question: int, now: datetime) -> None:
        """Staff should see something new of the question's group."""
        number = select(QUESTIONS.c.group_number).where(QUESTIONS.c.number == question).scalar_subquery()
        change = update(GROUPS).where(GROUPS.c.number == number)
        await self._database.execute(change.values(revision=GROUPS.c.revision + 1, changed_at=now))

    async def is_being_sent(self, number: int) -> bool:
        """Whether the first asker of the group was about to be told already."""
        query = select(GROUPS.c.sent_at).where(GROUPS.c.number == number)
        return await self._database.scalar(query) is not None

    async def _groups(self, query: Select[Any], numbers: list[int], *, lock: bool = False) -> list[Group]:
        for number in numbers:
            if number not in NUMBERS:
                raise UnknownGroupError(number)

        def work(connection: Connection) -> list[Group]:
            found = {row.number: group_of_row(row) for row in connection.execute(query)}
            for number in numbers:
                if number not in found:
                    raise UnknownGroupError(number)
            return [found[number] for number in numbers]

        return await (self._database.write(work) if lock else self._database.read(work))


def _with_numbers(numbers: Collection[int]) -> Select[Any]:
    return select(*GROUP_COLUMNS).where(GROUPS.c.number.in_(numbers))
