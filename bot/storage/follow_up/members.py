"""Which question belongs to which group, in the database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from bot.records.groups import DUE_AFTER, UNFINISHED, GroupState
from bot.records.questions import QuestionState, RecordedQuestion
from bot.storage.database import Database
from bot.storage.follow_up.groups import NUMBERS, state_of_questions
from bot.storage.follow_up.tables import DRAFTS, GROUPS
from bot.storage.questions import recorded
from bot.storage.tables import QUESTIONS
from knowledge.base import Language

_SIGNS, _SIGNS_MORE = 2, 10
"""A text has at most so many characters for each letter, and so many more."""
_MOST_TEXTS = 12
"""Of a group, by which it is compared: the newest, and the title before them."""

_IS_TOLD = GROUPS.c.state.in_([GroupState.ANSWERED, GroupState.DISMISSED]) & (GROUPS.c.send_at <= bindparam("now"))
_ASKED = (
    select(QUESTIONS.c.group_number, QUESTIONS.c.text)
    .join(GROUPS, GROUPS.c.number == QUESTIONS.c.group_number)
    .where(_IS_TOLD, func.length(QUESTIONS.c.text).between(bindparam("least"), bindparam("most")))
    .order_by(QUESTIONS.c.number.desc())
)
_TITLED = select(GROUPS.c.number, GROUPS.c.title).where(_IS_TOLD).order_by(GROUPS.c.number.desc())
"""Both are asked for with every question that finds no answer, so they are put together once."""


@dataclass(frozen=True, slots=True)
class CandidateGroup:
    """A group that a question may be placed in, with what was asked in it."""

    number: int
    language: Language
    state: GroupState
    texts: tuple[str, ...]


class Members:
    """Keeps which question belongs to which group."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_group(self, number: int) -> list[RecordedQuestion]:
        """The questions of the group that are still kept, in the order they were asked."""
        query = select(QUESTIONS).where(QUESTIONS.c.group_number == number).order_by(QUESTIONS.c.number)
        return await self._questions(query)

    async def ungrouped(self, limit: int) -> list[RecordedQuestion]:
        """Open questions that belong to no group, the oldest first."""
        alone = (QUESTIONS.c.state == QuestionState.OPEN) & QUESTIONS.c.group_number.is_(None)
        return await self._questions(select(QUESTIONS).where(alone).order_by(QUESTIONS.c.number).limit(limit))

    async def candidates(self) -> list[CandidateGroup]:
        """The groups that a new question may be placed in.

        They are those that are unfinished, those that were dismissed, and those whose answer is not in the knowledge
        base yet: its draft is new.
        """
        drafted = select(DRAFTS.c.group_number).where(DRAFTS.c.state == "new")
        waiting = (GROUPS.c.state == GroupState.ANSWERED) & GROUPS.c.number.in_(drafted)
        chosen = GROUPS.c.state.in_([*UNFINISHED, GroupState.DISMISSED]) | waiting
        groups = select(GROUPS.c.number, GROUPS.c.language, GROUPS.c.state, GROUPS.c.title).where(chosen)
        asked = select(QUESTIONS.c.group_number, QUESTIONS.c.text).where(
            QUESTIONS.c.group_number.in_(select(GROUPS.c.number).where(chosen))
        )

        def work(connection: Connection) -> list[CandidateGroup]:
            found = connection.execute(groups.order_by(GROUPS.c.number)).all()
            texts: dict[int, list[str]] = {row.number: [] for row in found}
            for row in connection.execute(asked.order_by(QUESTIONS.c.number.desc())):
                kept = texts.get(row.group_number)
                if kept is not None and len(kept) < _MOST_TEXTS and row.text not in kept:
                    kept.append(row.text)
            return [_candidate(row, texts[row.number]) for row in found]

        return await self._database.read(work)

    async def finished(self, now: datetime, letters: int) -> list[tuple[int, str]]:
        """What was asked in groups whose answer, or that there is none, may be told: the group and the words.

        The newest come first. Only texts that may have so many letters.
        """
        wanted = {"now": now, "least": letters, "most": _SIGNS * letters + _SIGNS_MORE}

        def work(connection: Connection) -> list[tuple[int, str]]:
            return [(row[0], row[1]) for query in (_ASKED, _TITLED) for row in connection.execute(query, wanted)]

        return await self._database.read(work)

    async def join(self, question: int, group: int, now: datetime) -> bool:
        """Puts an open question into a locked group; False when it has one already or is not open."""
        chosen = select(GROUPS).where(GROUPS.c.number == group)
        asked = select(QUESTIONS).where(QUESTIONS.c.number == question).with_for_update()

        def work(connection: Connection) -> bool:
            row, new = connection.execute(chosen).one(), connection.execute(asked).one_or_none()
            if new is None or new.group_number is not None or new.state != QuestionState.OPEN:
                return False
            state = state_of_questions(GroupState(row.state))
            values = {"group_number": group, "state": state, "updated_at": now}
            connection.execute(update(QUESTIONS).where(QUESTIONS.c.number == question).values(values))
            connection.execute(update(GROUPS).where(GROUPS.c.number == group).values(_with(row, new, now)))
            return True

        return await self._database.write(work)

    async def move(self, questions: Collection[int], source: int, target: int, now: datetime) -> int:
        """Moves questions between two locked groups, whose figures follow; how many were moved."""
        moved = (QUESTIONS.c.group_number == source) & QUESTIONS.c.number.in_(questions)
        followed = select(GROUPS.c.state).where(GROUPS.c.number == target)

        def work(connection: Connection) -> int:
            state = state_of_questions(GroupState(connection.execute(followed).scalar_one()))
            values = {"group_number": target, "state": state, "updated_at": now}
            count = connection.execute(update(QUESTIONS).where(moved).values(values)).rowcount
            for number, difference in ((source, -count), (target, count)):
                figures = {**_figures(connection, number), "questions": GROUPS.c.questions + difference}
                figures |= {"revision": GROUPS.c.revision + 1, "changed_at": now}
                connection.execute(update(GROUPS).where(GROUPS.c.number == number).values(figures))
            return count

        return await self._database.write(work)

    async def group_of(self, question: int) -> int | None:
        """The number of the question's group, if it has one."""
        if question not in NUMBERS:
            return None
        query = select(QUESTIONS.c.group_number).where(QUESTIONS.c.number == question)
        found: int | None = await self._database.scalar(query)
        return found

    async def _questions(self, query: Any) -> list[RecordedQuestion]:
        return [recorded(row) for row in await self._database.rows(query)]


def _candidate(row: Any, newest: list[str]) -> CandidateGroup:
    texts = tuple(dict.fromkeys([row.title, *newest]))
    return CandidateGroup(row.number, row.language, GroupState(row.state), texts)


def _with(group: Row[Any], new: Row[Any], now: datetime) -> dict[str, Any]:
    """The group's figures with one more question."""
    return {
        "questions": group.questions + 1,
        "languages": _languages([*group.languages, new.language]),
        "first_asked_at": min(group.first_asked_at, new.asked_at),
        "last_asked_at": max(group.last_asked_at, new.asked_at),
        "revision": group.revision + 1,
        "changed_at": now,
    }


def _figures(connection: Connection, number: int) -> dict[str, Any]:
    """What the questions of a group say of it; nothing when it has none."""
    columns = (QUESTIONS.c.language, QUESTIONS.c.asked_at, QUESTIONS.c.text)
    query = select(*columns).where(QUESTIONS.c.group_number == number).order_by(QUESTIONS.c.number)
    rows = connection.execute(query).all()
    if not rows:
        return {}
    title = connection.execute(select(GROUPS.c.title).where(GROUPS.c.number == number)).scalar_one()
    named = next((row for row in rows if row.text == title), rows[0])
    moments = [row.asked_at for row in rows]
    languages = _languages(row.language for row in rows)
    first = min(moments)
    return {
        "title": named.text,
        "language": named.language,
        "languages": languages,
        "first_asked_at": first,
        "last_asked_at": max(moments),
        "due_at": first + DUE_AFTER,
    }


def _languages(languages: Iterable[str]) -> list[str]:
    return sorted(set(languages), key=("ko", "en").index)
