"""What citizens asked, what their conversations are about, and how often what was asked and voted, in the database."""

import random
from collections.abc import Sequence
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, func, select, update

from bot.errors import UnknownQuestionError
from bot.records.questions import (
    DAYS_OF_WAITING,
    Counted,
    CountedVote,
    Nearest,
    NewQuestion,
    OpenQuestions,
    QuestionState,
    RecordedQuestion,
    Tally,
    VoteOutcome,
)
from bot.storage.database import Database, storable
from bot.storage.digests import DigestKey, citizen_digest, conversation_digest, digest_of
from bot.storage.tables import CONVERSATIONS, QUESTIONS, TALLIES, VOTES
from knowledge.finding import Outcome

_NUMBERS = range(1, 2**63)
_NOT_FOR_STAFF = (QuestionState.OFFERED, QuestionState.SETTLED)
_RECORDED = select(QUESTIONS.c.number).where(QUESTIONS.c.origin_digest == bindparam("origin_digest"))
_UNSEEN = {"origin_digest", "citizen_digest", "chosen_entry", "updated_at"}
_COLUMNS = [column for column in QUESTIONS.c if column.name not in _UNSEEN]


class Questions:
    """Keeps questions; implements bot.records.questions.QuestionRecords.

    Where a question came from says who asked it, so only a digest of that under this deployment's `key` is kept.
    """

    def __init__(self, database: Database, key: DigestKey) -> None:
        self._database = database
        self._key = key
        insert = database.backend.insert(QUESTIONS)
        self._insert = insert.on_conflict_do_nothing().returning(QUESTIONS.c.number)

    async def record(self, question: NewQuestion) -> int:
        """The number under which the question is kept; the same origin twice is one record."""
        values = self._values(question)

        def work(connection: Connection) -> int:
            new = connection.execute(self._insert, values).scalar_one_or_none()
            return int(new or connection.execute(_RECORDED, values).scalar_one())

        return await self._database.write(work)

    async def number_of(self, origin: str) -> int:
        """The number under which the question of that origin is kept; 0 where none is."""
        of = {"origin_digest": digest_of(origin, self._key)}
        return int(await self._database.scalar(_RECORDED, of) or 0)

    async def turn_down(self, number: int) -> bool:
        """Opens an offered question; False when it was not offered."""
        return await self._leave_offered(number, QuestionState.OPEN)

    async def settle(self, number: int, entry_id: str) -> bool:
        """Settles an offered question by the entry that was chosen; False when it was not offered."""
        return await self._leave_offered(number, QuestionState.SETTLED, chosen_entry=entry_id)

    async def listed(
        self, state: QuestionState | None = None, limit: int | None = None, *, before: int | None = None
    ) -> list[RecordedQuestion]:
        """Recorded questions, newest first, of one state or, with None, of every state but offered and settled.

        With `before`, those with smaller numbers.
        """
        chosen = QUESTIONS.c.state == state if state else QUESTIONS.c.state.not_in(_NOT_FOR_STAFF)
        if before is not None:
            chosen &= QUESTIONS.c.number < before
        query = select(*_COLUMNS).where(chosen).order_by(QUESTIONS.c.number.desc()).limit(limit)
        return [recorded(row) for row in await self._database.rows(query)]

    async def moments(self, since: datetime) -> list[datetime]:
        """When questions were asked that staff have to look at, or had to, since then."""
        chosen = QUESTIONS.c.state.not_in(_NOT_FOR_STAFF) & (QUESTIONS.c.asked_at >= since)
        return [row[0] for row in await self._database.rows(select(QUESTIONS.c.asked_at).where(chosen))]

    async def open_count(self) -> int:
        """How many questions wait for staff."""
        query = select(func.count()).select_from(QUESTIONS).where(QUESTIONS.c.state == QuestionState.OPEN)
        return int(await self._database.scalar(query))

    async def waiting(self, now: datetime) -> OpenQuestions:
        """The questions that wait for staff at `now`."""
        asked = QUESTIONS.c.asked_at
        older = [func.count(case((asked < now - timedelta(days=days), 1))) for days in DAYS_OF_WAITING]
        query = select(func.count(), func.min(asked), *older).where(QUESTIONS.c.state == QuestionState.OPEN)

        def work(connection: Connection) -> OpenQuestions:
            count, oldest, *counts = connection.execute(query).one()
            return OpenQuestions(count, oldest, dict(zip(DAYS_OF_WAITING, counts, strict=True)))

        return await self._database.read(work)

    async def get(self, number: int) -> RecordedQuestion:
        """The question of that number; raises UnknownQuestionError."""
        if number not in _NUMBERS:
            raise UnknownQuestionError(number)
        query = select(*_COLUMNS).where(QUESTIONS.c.number == number)
        row = await self._database.row(query)
        if row is None:
            raise UnknownQuestionError(number)
        return recorded(row)

    async def _leave_offered(self, number: int, state: QuestionState, **also: str) -> bool:
        if number not in _NUMBERS:
            return False
        offered = (QUESTIONS.c.number == number) & (QUESTIONS.c.state == QuestionState.OFFERED)
        change = update(QUESTIONS).where(offered).values(state=state, updated_at=datetime.now(UTC), **also)
        return await self._database.execute(change) == 1

    def _values(self, question: NewQuestion) -> dict[str, Any]:
        return {
            "origin_digest": digest_of(question.origin, self._key),
            "citizen_digest": conversation_digest(question.origin.rpartition(":")[0], self._key),
            "text": storable(question.text),
            "language": question.language,
            "outcome": question.outcome,
            "state": question.state,
            "nearest": [list(astuple(nearest)) for nearest in question.nearest],
            "asked_at": question.asked_at,
            "updated_at": question.asked_at,
        }


def recorded(row: Row[Any]) -> RecordedQuestion:
    """The question of a row that has its columns."""
    return RecordedQuestion(
        number=row.number,
        text=row.text,
        language=row.language,
        outcome=Outcome(row.outcome),
        state=QuestionState(row.state),
        nearest=tuple(Nearest(entry_id, confidence) for entry_id, confidence in row.nearest),
        asked_at=row.asked_at,
        group=row.group_number,
    )


_PATIENCE = 1.0
"""Seconds to wait for this process's other writers. A memory may be lost; a question that waits behind it may not."""


_IS_IT = CONVERSATIONS.c.name_digest == bindparam("digest")
_RECALL = select(CONVERSATIONS.c.text).where(_IS_IT, CONVERSATIONS.c.until > bindparam("now"))
_FORGET = delete(CONVERSATIONS).where(_IS_IT)


class KeptConversations:
    """Keeps what conversations are about; implements bot.dialogue.memory.Conversations.

    A conversation's name says whose it is, so only a digest of it under this deployment's `key` is kept.
    """

    def __init__(self, database: Database, key: DigestKey) -> None:
        self._database = database
        self._key = key
        insert = database.backend.insert(CONVERSATIONS)
        new = {name: insert.excluded[name] for name in ("text", "until")}
        self._remember = insert.on_conflict_do_update(index_elements=[CONVERSATIONS.c.name_digest], set_=new)

    async def recall(self, conversation: str, now: datetime) -> str | None:
        """What was remembered of the conversation, unless its time is over."""
        wanted = {"digest": digest_of(conversation, self._key), "now": now}
        found: str | None = await self._database.scalar(_RECALL, wanted)
        return found

    async def remember(self, conversation: str, text: str, until: datetime) -> None:
        """Keeps the text, in the place of what was remembered before."""
        values = {"name_digest": digest_of(conversation, self._key), "text": storable(text), "until": until}

        def work(connection: Connection) -> None:
            connection.execute(self._remember, values)

        await self._database.append(work, patience=_PATIENCE)

    async def forget(self, conversation: str) -> None:
        """Destroys what was remembered."""
        wanted = {"digest": digest_of(conversation, self._key)}

        def work(connection: Connection) -> None:
            connection.execute(_FORGET, wanted)

        await self._database.append(work, patience=_PATIENCE)
        self._database.has_deleted = True


_PARTS = 8
"""Transactions of several instances that count the same at once seldom meet in one of so many rows."""


class Tallies:
    """Keeps counts, and who voted on what."""

    def __init__(self, database: Database, key: DigestKey) -> None:
        self._database = database
        self._key = key
        insert = database.backend.insert(TALLIES)
        more = {"count": TALLIES.c.count + insert.excluded["count"]}
        self._count = insert.on_conflict_do_update(index_elements=list(TALLIES.primary_key), set_=more)
        self._vote = database.backend.insert(VOTES).on_conflict_do_nothing()

    async def count(self, counted: Sequence[Counted]) -> None:
        """Adds to the counts; joins the unit it is called in."""
        if not counted:
            return

        def work(connection: Connection) -> None:
            self._add(connection, counted)

        await self._database.append(work)

    async def between(self, first: date, last: date) -> list[Counted]:
        """What was counted on the days from first to last, the oldest first."""
        key = (TALLIES.c.day, TALLIES.c.kind, TALLIES.c.topic, TALLIES.c.entry_id)
        query = select(*key, func.sum(TALLIES.c.count).label("total")).where(TALLIES.c.day.between(first, last))
        rows = await self._database.rows(query.group_by(*key).order_by(*key))
        return [Counted(row.day, Tally(row.kind), row.topic, row.entry_id, int(row.total)) for row in rows]

    async def vote(self, channel: str, chat: int, answer: int, vote: CountedVote, at: datetime) -> VoteOutcome:
        """Counts a citizen's vote on one answer; a second one the other way takes the place of the first."""
        digest = digest_of(f"vote:{channel}:{chat}:{answer}", self._key)
        mine = VOTES.c.digest == digest
        values = {
            "digest": digest,
            "citizen_digest": citizen_digest(channel, chat, self._key),
            "helpful": vote.helpful,
            "topic": vote.topic,
            "entry_id": vote.entry_id,
            "day": vote.day,
            "at": at,
        }

        def work(connection: Connection) -> VoteOutcome:
            if connection.execute(self._vote.values(values)).rowcount == 1:
                self._add(connection, [_as_count(vote, 1)])
                return VoteOutcome.COUNTED
            row = connection.execute(select(VOTES).where(mine).with_for_update()).one()
            if row.helpful == vote.helpful:
                return VoteOutcome.SAME
            before = CountedVote(row.helpful, row.topic, row.entry_id, row.day)
            connection.execute(update(VOTES).where(mine).values(values))
            self._add(connection, [_as_count(before, -1), _as_count(vote, 1)])
            return VoteOutcome.CHANGED

        return await self._database.write(work)

    def _add(self, connection: Connection, counted: Sequence[Counted]) -> None:
        part = random.randrange(_PARTS)  # noqa: S311  # spreads load, no secret
        ordered = sorted(counted, key=lambda each: (each.day, each.kind, each.topic, each.entry_id))
        for each in ordered:  # in one order, so that two instances cannot each wait for the other
            values = {"day": each.day, "kind": each.kind, "topic": each.topic, "entry_id": each.entry_id}
            connection.execute(self._count, {**values, "part": part, "count": each.count})


def _as_count(vote: CountedVote, count: int) -> Counted:
    kind = Tally.HELPFUL if vote.helpful else Tally.UNHELPFUL
    return Counted(vote.day, kind, vote.topic, vote.entry_id, count)
