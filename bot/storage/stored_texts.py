"""Every text that the database holds, for whoever looks into what must not be in it, and what is past its time."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from sqlalchemy import JSON, Column, ColumnElement, Connection, Table, Text, cast, func, literal_column, select

from bot.questions import QuestionState
from bot.records.kept_messages import MESSAGES_KEPT
from bot.storage import transcript_tables as _transcript_tables
from bot.storage.database import Database
from bot.storage.follow_up import tables as _follow_up_tables  # noqa: F401  # they are a part of METADATA then
from bot.storage.purge import OFFERED_FOR
from bot.storage.tables import CONVERSATIONS, DEPLOYMENT, METADATA, QUESTIONS

_PORTION = 500


async def stored_texts(database: Database) -> AsyncIterator[tuple[str, str]]:
    """Each text, JSON included, and where it stands, such as `questions.text of row 12`. Raises StorageError."""
    for table in METADATA.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, Text | JSON)]
        if table is DEPLOYMENT or not columns:
            continue
        start = 0
        while texts := await database.read(lambda connection: _texts(connection, table, columns, start)):  # noqa: B023
            for text in texts:
                yield text
            start += _PORTION


def _texts(connection: Connection, table: Table, columns: list[Column[object]], start: int) -> list[tuple[str, str]]:
    keys = list(table.primary_key.columns)
    names = [column.name for column in columns]
    wanted = [cast(column, Text).label(f"text{place}") for place, column in enumerate(columns)]
    rows = connection.execute(select(keys[0], *wanted).order_by(*keys).limit(_PORTION).offset(start)).all()
    return [
        (f"{table.name}.{name} of {_name(key)}", str(value or ""))
        for key, *row in rows
        for name, value in zip(names, row, strict=True)
    ]


def _name(key: object) -> str:
    return f"row {key}" if isinstance(key, int) else "a row"


async def past_their_time(database: Database, now: datetime, retention_days: int) -> dict[str, int]:
    """How many rows of which table should have been destroyed by `now`; nothing of tables that have none."""
    messages = _transcript_tables.MESSAGES
    retention = timedelta(days=retention_days)
    offered = (QUESTIONS.c.state == QuestionState.OFFERED) & (QUESTIONS.c.asked_at < now - OFFERED_FOR)
    due: list[tuple[Table, ColumnElement[bool]]] = [
        (QUESTIONS, (QUESTIONS.c.asked_at < now - retention) | offered),
        (CONVERSATIONS, CONVERSATIONS.c.until < now),
        (messages, messages.c.at < now - min(MESSAGES_KEPT, retention)),
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
