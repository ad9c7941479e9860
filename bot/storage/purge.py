"""Destroys what is past its time: questions, what conversations were about, updates and calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select, text

from bot.questions import QuestionState
from bot.storage.database import Database
from bot.storage.outbox import is_not_newest
from bot.storage.tables import CLOSED, CONVERSATIONS, DEAD, INBOX, OUTBOX, QUESTIONS, SENT, SENT_WITH_REFERENCE

OFFERED_FOR = timedelta(days=1)
"""A citizen who has not turned the suggestions down by then is taken to be content."""
_KEYS_FOR = timedelta(hours=48)
"""An update is delivered again for a day at most."""
_SENT_FOR = timedelta(hours=1)
_REFERENCES_FOR = timedelta(days=7)
_FAILURES_FOR = timedelta(days=30)
"""Of updates that nobody could handle, and calls that could not be made: for whoever looks into why."""

_PORTION = 1000


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was destroyed: offered questions that nobody turned down, and questions past their retention.

    `forgotten` counts the conversations whose last question was destroyed; `updates` those handled, `dead_letters`
    those nobody could handle; `calls` those made, `closed_calls` those that will never be.
    """

    offered: int
    expired: int
    forgotten: int = 0
    updates: int = 0
    dead_letters: int = 0
    calls: int = 0
    closed_calls: int = 0


async def purge(database: Database, now: datetime, retention_days: int) -> Purged:
    """Deletes what is past its time at `now`; what is left of it on the disk is to be destroyed after."""
    is_offered = QUESTIONS.c.state == QuestionState.OFFERED
    received_at, ended_at = INBOX.c.received_at, OUTBOX.c.ended_at
    return Purged(
        await _destroy(database, QUESTIONS, is_offered & (QUESTIONS.c.asked_at < now - OFFERED_FOR)),
        await _destroy(database, QUESTIONS, QUESTIONS.c.asked_at < now - timedelta(days=retention_days)),
        await _destroy(database, CONVERSATIONS, CONVERSATIONS.c.until <= now),
        await _destroy(database, INBOX, (received_at < now - _KEYS_FOR) & (INBOX.c.state == "done")),
        await _destroy(database, INBOX, and_(text(DEAD), received_at < now - _FAILURES_FOR)),
        await _destroy(database, OUTBOX, and_(text(SENT), ended_at < now - _SENT_FOR, is_not_newest()))
        + await _destroy(
            database, OUTBOX, and_(text(SENT_WITH_REFERENCE), ended_at < now - _REFERENCES_FOR, is_not_newest())
        ),
        await _destroy(database, OUTBOX, and_(text(CLOSED), ended_at < now - _FAILURES_FOR)),
    )


async def _destroy(database: Database, table: Table, condition: ColumnElement[bool]) -> int:
    """How many rows were destroyed, in portions between which citizens' questions are recorded."""
    (key,) = table.primary_key
    due = select(key).where(condition).limit(_PORTION)
    deletion = delete(table).where(key.in_(due))

    def work(connection: Connection) -> int:
        return connection.execute(deletion).rowcount

    destroyed = 0
    while portion_destroyed := await database.write(work):
        destroyed += portion_destroyed
    return destroyed
