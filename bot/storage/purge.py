"""Destroys questions whose time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.questions import QuestionState
from bot.storage.database import Database
from bot.storage.tables import QUESTIONS

_OFFERED_FOR = timedelta(days=1)
"""A citizen who has not turned the suggestions down by then is taken to be content."""

_PORTION = 1000


@dataclass(frozen=True, slots=True)
class Purged:
    """How many questions were destroyed: offered ones nobody turned down, and those past their retention."""

    offered: int
    expired: int


async def purge(database: Database, now: datetime, retention_days: int) -> Purged:
    """Destroys questions that are past their time at `now`."""
    is_offered = QUESTIONS.c.state == QuestionState.OFFERED
    offered = await _destroy(database, is_offered & (QUESTIONS.c.asked_at < now - _OFFERED_FOR))
    expired = await _destroy(database, QUESTIONS.c.asked_at < now - timedelta(days=retention_days))
    if offered or expired:
        await database.destroy_deleted()
    return Purged(offered, expired)


async def _destroy(database: Database, condition: ColumnElement[bool]) -> int:
    """How many questions were destroyed, in portions between which citizens' questions are recorded."""
    portion = select(QUESTIONS.c.number).where(condition).limit(_PORTION)
    deletion = delete(QUESTIONS).where(QUESTIONS.c.number.in_(portion))

    async def work(connection: AsyncConnection) -> int:
        return (await connection.execute(deletion)).rowcount

    destroyed = 0
    while portion_destroyed := await database.write(work):
        destroyed += portion_destroyed
    return destroyed
