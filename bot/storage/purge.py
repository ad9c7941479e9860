"""Destroys questions whose time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.questions import QuestionState
from bot.storage.database import Database
from bot.storage.tables import QUESTIONS

_OFFERED_FOR = timedelta(days=1)
"""A citizen who has not turned the suggestions down by then is taken to be content."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many questions were destroyed: offered ones nobody turned down, and those past their retention."""

    offered: int
    expired: int


async def purge(database: Database, now: datetime, retention_days: int) -> Purged:
    """Destroys questions that are past their time at `now`."""
    is_offered = QUESTIONS.c.state == QuestionState.OFFERED

    async def work(connection: AsyncConnection) -> Purged:
        offered = await _delete(connection, is_offered & (QUESTIONS.c.asked_at < now - _OFFERED_FOR))
        expired = await _delete(connection, QUESTIONS.c.asked_at < now - timedelta(days=retention_days))
        return Purged(offered, expired)

    purged = await database.write(work)
    if purged.offered or purged.expired:
        await database.destroy_deleted()
    return purged


async def _delete(connection: AsyncConnection, condition: ColumnElement[bool]) -> int:
    return (await connection.execute(delete(QUESTIONS).where(condition))).rowcount
