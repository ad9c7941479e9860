"""Destroys what is past its time, and shows every text that is kept to whoever looks for what must not be."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Delete,
    Table,
    Text,
    Update,
    and_,
    cast,
    delete,
    func,
    literal_column,
    select,
    text,
    update,
)

from bot.records.drafts import DraftState
from bot.records.groups import GroupState
from bot.records.kept_messages import MESSAGES_KEPT
from bot.records.questions import AskerState, QuestionState
from bot.storage.database import Database
from bot.storage.follow_up.past_words import take_out
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
)
from bot.storage.outbox import is_not_newest
from bot.storage.tables import (
    CLOSED,
    CONVERSATIONS,
    DEAD,
    DEPLOYMENT,
    INBOX,
    MESSAGES,
    METADATA,
    OUTBOX,
    QUESTIONS,
    SENT,
    SENT_WITH_REFERENCE,
    VOTES,
)

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
        await _destroy_questions(database, QUESTIONS.c.asked_at < now - timedelta(days=retention_days)),
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
    return await _in_portions(database, lambda connection: connection.execute(deletion).rowcount)


async def _destroy_questions(database: Database, condition: ColumnElement[bool]) -> int:
    """How many questions were destroyed, and with them their words in what was made of them."""

    def work(connection: Connection) -> int:
        numbers = take_out(connection, condition, _PORTION)
        connection.execute(delete(QUESTIONS).where(QUESTIONS.c.number.in_(numbers)))
        return len(numbers)

    return await _in_portions(database, work)


async def _in_portions(database: Database, work: Callable[[Connection], int]) -> int:
    destroyed = 0
    while portion_destroyed := await database.write(work):
        destroyed += portion_destroyed
    return destroyed


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


_TEXTS_AT_ONCE = 500


async def stored_texts(database: Database) -> AsyncIterator[tuple[str, str]]:
    """Each text, JSON included, and where it stands, such as `questions.text of row 12`. Raises StorageError."""
    for table in METADATA.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, Text | JSON)]
        if table is DEPLOYMENT or not columns:
            continue
        start = 0
        while portion := await database.read(lambda connection: _texts(connection, table, columns, start)):  # noqa: B023
            for each in portion:
                yield each
            start += _TEXTS_AT_ONCE


def _texts(connection: Connection, table: Table, columns: list[Column[object]], start: int) -> list[tuple[str, str]]:
    keys = list(table.primary_key.columns)
    names = [column.name for column in columns]
    wanted = [cast(column, Text).label(f"text{place}") for place, column in enumerate(columns)]
    rows = connection.execute(select(keys[0], *wanted).order_by(*keys).limit(_TEXTS_AT_ONCE).offset(start)).all()
    return [
        (f"{table.name}.{name} of {_name(key)}", str(value or ""))
        for key, *row in rows
        for name, value in zip(names, row, strict=True)
    ]


def _name(key: object) -> str:
    return f"row {key}" if isinstance(key, int) else "a row"


async def past_their_time(database: Database, now: datetime, retention_days: int) -> dict[str, int]:
    """How many rows of which table should have been destroyed by `now`; nothing of tables that have none."""
    retention = timedelta(days=retention_days)
    offered = (QUESTIONS.c.state == QuestionState.OFFERED) & (QUESTIONS.c.asked_at < now - OFFERED_FOR)
    due: list[tuple[Table, ColumnElement[bool]]] = [
        (QUESTIONS, (QUESTIONS.c.asked_at < now - retention) | offered),
        (CONVERSATIONS, CONVERSATIONS.c.until < now),
        (MESSAGES, MESSAGES.c.at < now - min(MESSAGES_KEPT, retention)),
        (DRAFTS, (DRAFTS.c.state != DraftState.NEW) & (DRAFTS.c.ended_at < now - retention)),
    ]

    def work(connection: Connection) -> dict[str, int]:
        counted = {
            table.name: int(
                connection.execute(
                    select(func.count(literal_column("1"))).select_from(table).where(condition)
                ).scalar_one()
            )
            for table, condition in due
        }
        return {name: count for name, count in counted.items() if count}

    return await database.read(work)
