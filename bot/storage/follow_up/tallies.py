"""Counts and votes in the database."""

import random
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, func, select, update

from bot.records.tallies import Counted, CountedVote, Tally, VoteOutcome
from bot.storage.database import Database
from bot.storage.digests import DigestKey, citizen_digest, digest_of
from bot.storage.follow_up.tables import TALLIES, VOTES

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

        await self._database.write(work)

    async def between(self, first: date, last: date) -> list[Counted]:
        """What was counted on the days from first to last, the oldest first."""
        key = (TALLIES.c.day, TALLIES.c.kind, TALLIES.c.topic, TALLIES.c.entry_id)
        query = select(*key, func.sum(TALLIES.c.count).label("total")).where(TALLIES.c.day.between(first, last))

        def work(connection: Connection) -> list[Counted]:
            rows = connection.execute(query.group_by(*key).order_by(*key))
            return [Counted(row.day, Tally(row.kind), row.topic, row.entry_id, int(row.total)) for row in rows]

        return await self._database.read(work)

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
