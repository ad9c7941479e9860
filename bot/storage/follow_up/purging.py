"""Destroys what is past its time of the follow-up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, Delete, Update, and_, delete, select, update

from bot.follow_up.askers import AskerState
from bot.follow_up.drafts import DraftState
from bot.follow_up.model import GroupState
from bot.storage.database import Database
from bot.storage.follow_up.tables import (
    ASK_BACKS,
    ASKERS,
    AUDIT,
    CARDS,
    DIGESTS,
    DRAFTS,
    GROUPS,
    NOTES,
    PREVIEWS,
    PROMPTS,
    VOTES,
)
from bot.storage.tables import QUESTIONS

AUDIT_KEPT = timedelta(days=2 * 365)
CHATS_KEPT = timedelta(days=30)
"""After an answer could not be delivered."""
_PREVIEWS_KEPT = timedelta(days=1)
_DIGESTS_KEPT = timedelta(days=30)
_PROMPTS_KEPT = timedelta(days=30)


async def purge_follow_up(database: Database, now: datetime, retention: timedelta) -> int:
    """Destroys what is past its time at `now`, once its questions are destroyed; how many rows that concerned.

    A dismissed group stays without its questions: by its title, what is ignored stays ignored.
    """
    statements = list(_statements(now, now - retention))

    def work(connection: Connection) -> int:
        return sum(connection.execute(statement).rowcount for statement in statements)

    destroyed = await database.write(work)
    if destroyed:
        await database.destroy_deleted()
    return destroyed


def _statements(now: datetime, expired: datetime) -> Iterator[Delete | Update]:
    questions = select(QUESTIONS.c.number)
    asked = select(QUESTIONS.c.group_number).where(QUESTIONS.c.group_number.is_not(None))
    groups = select(GROUPS.c.number)
    yield delete(ASKERS).where(ASKERS.c.question_number.not_in(questions))
    ended = ASKERS.c.state.in_([AskerState.FAILED, AskerState.WITHDRAWN, AskerState.TOLD])
    past = and_(ended, ASKERS.c.ended_at < now - CHATS_KEPT, ASKERS.c.chat.is_not(None))
    yield update(ASKERS).where(past).values(chat=None, message=None)
    yield delete(NOTES).where(NOTES.c.question_number.not_in(questions))
    forgotten = and_(GROUPS.c.state != GroupState.DISMISSED, GROUPS.c.last_asked_at < expired)
    yield delete(GROUPS).where(forgotten, GROUPS.c.number.not_in(asked))
    yield delete(ASK_BACKS).where(ASK_BACKS.c.group_number.not_in(groups))
    yield delete(PREVIEWS).where(PREVIEWS.c.at < now - _PREVIEWS_KEPT)
    yield delete(DRAFTS).where(DRAFTS.c.state != DraftState.NEW, DRAFTS.c.ended_at < expired)
    yield delete(VOTES).where(VOTES.c.at < expired)
    yield delete(DIGESTS).where(DIGESTS.c.at < now - _DIGESTS_KEPT)
    yield delete(PROMPTS).where(PROMPTS.c.at < now - _PROMPTS_KEPT)
    yield delete(AUDIT).where(AUDIT.c.at < now - AUDIT_KEPT)
    yield delete(CARDS).where(CARDS.c.message.is_(None), CARDS.c.group_number.not_in(groups))
