"""Destroys what is past its time of the follow-up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Connection, Delete, Update, and_, delete, select, update

from bot.records.askers import AskerState
from bot.records.drafts import DraftState
from bot.records.groups import GroupState
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

    return await database.write(work)


def _statements(now: datetime, expired: datetime) -> Iterator[Delete | Update]:
    yield delete(ASKERS).where(_is_gone(QUESTIONS.c.number, ASKERS.c.question_number))
    ended = ASKERS.c.state.in_([AskerState.FAILED, AskerState.WITHDRAWN, AskerState.TOLD])
    past = and_(ended, ASKERS.c.ended_at < now - CHATS_KEPT, ASKERS.c.chat.is_not(None))
    yield update(ASKERS).where(past).values(chat=None, message=None)
    yield delete(NOTES).where(_is_gone(QUESTIONS.c.number, NOTES.c.question_number))
    forgotten = and_(GROUPS.c.state != GroupState.DISMISSED, GROUPS.c.last_asked_at < expired)
    yield delete(GROUPS).where(forgotten, _is_gone(QUESTIONS.c.group_number, GROUPS.c.number))
    yield delete(ASK_BACKS).where(_is_gone(GROUPS.c.number, ASK_BACKS.c.group_number))
    yield delete(PREVIEWS).where(PREVIEWS.c.at < now - _PREVIEWS_KEPT)
    yield delete(DRAFTS).where(DRAFTS.c.state != DraftState.NEW, DRAFTS.c.ended_at < expired)
    yield delete(VOTES).where(VOTES.c.at < expired)
    yield delete(DIGESTS).where(DIGESTS.c.at < now - _DIGESTS_KEPT)
    yield delete(PROMPTS).where(PROMPTS.c.at < now - _PROMPTS_KEPT)
    yield delete(AUDIT).where(AUDIT.c.at < now - AUDIT_KEPT)
    yield delete(CARDS).where(CARDS.c.message.is_(None), _is_gone(GROUPS.c.number, CARDS.c.group_number))


def _is_gone(number: Column[int], reference: Column[int]) -> ColumnElement[bool]:
    """Nothing has the number any more that the reference is to; each is looked up, where NOT IN would read them all."""
    return ~select(number).where(number == reference).exists()
