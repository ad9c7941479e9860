"""Copies a whole database to another system, such as from SQLite to PostgreSQL: every row, and every number given."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, Table, delete, func, insert, select, text

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.follow_up import tables as _follow_up_tables  # noqa: F401  # they are a part of METADATA then
from bot.storage.tables import DEPLOYMENT, METADATA

_PORTION = 1000
_NEXT_NUMBER = text("SELECT setval(pg_get_serial_sequence(:name, :column), :last)")


async def copy_all(source: Database, target: Database) -> dict[str, int]:
    """Copies everything from the SQLite database to the PostgreSQL one, or nothing; how many rows of each table.

    Both are up to date. Raises StorageError, as when an assistant runs on the source or the target is not empty.
    """
    if source.backend.shared or not target.backend.shared:
        raise StorageError("a database can be moved from SQLite to PostgreSQL only")
    owner = source.backend.lock("owner")
    if not await owner.take():
        raise StorageError(f"an assistant is running on {source.backend.place}; stop it, then move")
    try:
        return await _copied(source, target)
    finally:
        await owner.release()


async def _copied(source: Database, target: Database) -> dict[str, int]:
    rows = await source.read(_all_rows)
    last = await source.read(_last_numbers)

    def work(connection: Connection) -> dict[str, int]:
        _require_empty(connection, target.backend.place)
        connection.execute(delete(DEPLOYMENT))  # the key of the source goes with its digests
        for table in METADATA.sorted_tables:
            for portion in _portions(rows[table.name]):
                connection.execute(insert(table), portion)
            if (column := _numbered(table)) and last.get(table.name):
                connection.execute(_NEXT_NUMBER, {"name": table.name, "column": column, "last": last[table.name]})
        return {name: len(copied) for name, copied in rows.items()}

    return await target.write(work)


def _all_rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: [dict(row._mapping) for row in connection.execute(select(table))]  # noqa: SLF001  # its public name
        for table in METADATA.sorted_tables
    }


def _last_numbers(connection: Connection) -> Mapping[str, int]:
    """The largest number that each table has given, of rows that are gone too."""
    given = {str(name): int(last) for name, last in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    for table in METADATA.sorted_tables:
        if column := _numbered(table):
            largest = connection.execute(select(func.max(table.c[column]))).scalar() or 0
            given[table.name] = max(given.get(table.name, 0), largest)
    return given


def _numbered(table: Table) -> str | None:
    """The column whose numbers the database gives."""
    column = table.autoincrement_column
    return column.name if column is not None and isinstance(column.type, Integer) else None


def _require_empty(connection: Connection, place: str) -> None:
    for table in METADATA.sorted_tables:
        if table is not DEPLOYMENT and connection.execute(select(func.count()).select_from(table)).scalar():
            raise StorageError(f"the database {place} is not empty ({table.name}); name an empty one to move to")


def _portions(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), _PORTION):
        yield rows[start : start + _PORTION]
