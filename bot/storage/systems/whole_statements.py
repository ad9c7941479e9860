"""A connection of aiosqlite that runs a whole statement in one pass to its thread.

aiosqlite passes to it four times: for the cursor, the execution, the rows and the end. Each pass wakes two threads,
which takes longer than SQLite itself does. SQLAlchemy reads all rows at once in any case.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite

_Row = tuple[Any, ...]


class WholeStatement:
    """A cursor as SQLAlchemy uses one: a statement is executed, and then its rows are taken."""

    arraysize = 1

    def __init__(self, run: Callable[..., Any], opened: Callable[[], sqlite3.Connection]) -> None:
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._run = run
        self._opened = opened
        self._rows: list[_Row] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Executes it and reads its rows."""
        await self._run(self._whole, sqlite3.Cursor.execute, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Executes it for each of the parameters."""
        await self._run(self._whole, sqlite3.Cursor.executemany, statement, parameters)
        return self

    async def fetchall(self) -> list[_Row]:
        """The rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    def _whole(self, execute: Callable[..., sqlite3.Cursor], *given: Any) -> None:
        cursor = self._opened().cursor()
        try:
            execute(cursor, *given)
            self._rows = cursor.fetchall() if cursor.description else []
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class WholeStatementConnection(aiosqlite.Connection):
    """A connection whose cursors execute whole statements; its thread never keeps the program from ending."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=1)
        self._thread.daemon = True

    def cursor(self) -> WholeStatement:  # type: ignore[override]  # with what SQLAlchemy needs of one
        """A cursor; making one takes no pass to the thread."""
        return WholeStatement(self._execute, lambda: self._conn)


def connect_whole(database: str, **options: Any) -> WholeStatementConnection:
    """What SQLAlchemy awaits for a connection, with the options of `sqlite3.connect`."""
    return WholeStatementConnection(lambda: sqlite3.connect(database, **options))
