"""Destroys questions, and what conversations were about, whose time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.questions import QuestionState
from bot.storage.database import Database
from bot.storage.tables import CONVERSATIONS, QUESTIONS

_OFFERED_FOR = timedelta(days=1)
"""A citizen who has not turned the suggestions down by then is taken to be content."""

_PORTION = 1000


@dataclass(frozen=True, slots=True)
class Purged:
    """How many questions were destroyed: offered ones nobody turned down, and those past their retention.

    `forgotten` counts the conversations whose last question was destroyed.
    """

    offered: int
    expired: int
    forgotten: int = 0


async def purge(database: Database, now: datetime, retention_days: int) -> Purged:
    """Destroys what is past its time at `now`."""
    is_offered = QUESTIONS.c.state == QuestionState.OFFERED
    offered = await _destroy(database, QUESTIONS, is_offered & (QUESTIONS.c.asked_at < now - _OFFERED_FOR))
    expired = await _destroy(database, QUESTIONS, QUESTIONS.c.asked_at < now - timedelta(days=retention_days))
    forgotten = await _destroy(database, CONVERSATIONS, CONVERSATIONS.c.until <= now)
    if offered or expired or forgotten:
        await database.destroy_deleted()
    return Purged(offered, expired, forgotten)


async def _destroy(database: Database, table: Table, condition: ColumnElement[bool]) -> int:
    """How many rows were destroyed, in portions between which citizens' questions are recorded."""
    (key,) = table.primary_key
    deletion = delete(table).where(key.in_(select(key).where(condition).limit(_PORTION)))

    async def work(connection: AsyncConnection) -> int:
        return (await connection.execute(deletion)).rowcount

    destroyed = 0
    while portion_destroyed := await database.write(work):
        destroyed += portion_destroyed
    return destroyed
