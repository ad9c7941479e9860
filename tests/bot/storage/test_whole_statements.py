"""A statement takes one pass to the connection's thread, and gives what SQLAlchemy asks for."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from threading import Thread, current_thread
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.storage.systems.sqlite import (
    BEGIN_READING,
    BEGIN_WRITING,
    WholeStatementConnection,
    run_in_one_pass,
)
from tests.bot.storage.building import noted_passes


def _connection(folder: Path, begin: str = BEGIN_WRITING) -> WholeStatementConnection:
    return WholeStatementConnection(lambda: sqlite3.connect(folder / "some.db", isolation_level=None), begin)


@asynccontextmanager
async def _connected(folder: Path) -> AsyncIterator[AsyncConnection]:
    options = {"async_creator_fn": lambda *_, **__: _connection(folder)}
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/some.db", connect_args=options)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE things (number INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
            yield connection
    finally:
        await engine.dispose()


async def test_rows_counts_and_numbers_are_those_of_the_statement(tmp_path: Path) -> None:
    async with _connected(tmp_path) as connection:
        several = await connection.execute(
            text("INSERT INTO things (name) VALUES (:name)"), [{"name": "a"}, {"name": "b"}]
        )
        assert several.rowcount == 2
        added = await connection.execute(text("INSERT INTO things (name) VALUES ('c') RETURNING number"))
        assert added.scalar_one() == 3
        changed = await connection.execute(text("UPDATE things SET name = name || '!' WHERE number > 1"))
        assert changed.rowcount == 2
        rows = await connection.execute(text("SELECT number, name FROM things ORDER BY number"))
        assert rows.all() == [(1, "a"), (2, "b!"), (3, "c!")]


async def test_error_of_a_statement_is_told_and_the_connection_goes_on(tmp_path: Path) -> None:
    async with _connected(tmp_path) as connection:
        await connection.execute(text("INSERT INTO things (name) VALUES ('a')"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO things (name) VALUES ('a')"))
        assert (await connection.execute(text("SELECT count(*) FROM things"))).scalar_one() == 1


async def test_a_statement_takes_one_pass_to_the_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with _connected(tmp_path) as connection:
        passes = noted_passes(monkeypatch, WholeStatementConnection)
        for _ in range(3):
            await connection.execute(text("SELECT * FROM things"))
        assert len(passes) == 3


async def test_piece_of_work_takes_one_pass_to_the_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[Thread] = set()

    def work(connection: Connection) -> list[Any]:
        threads.add(current_thread())
        for name in ("a", "b"):
            connection.execute(text("INSERT INTO things (name) VALUES (:name)"), {"name": name})
        return list(connection.execute(text("SELECT name FROM things ORDER BY name")).scalars())

    async with _connected(tmp_path) as connection:
        passes = noted_passes(monkeypatch)
        assert await run_in_one_pass(connection, work) == ["a", "b"]
        assert len(passes) == 1
        assert current_thread() not in threads
        with pytest.raises(IntegrityError):
            await run_in_one_pass(connection, work)
        assert await run_in_one_pass(connection, lambda _: 7) == 7


async def test_closed_connection_executes_nothing(tmp_path: Path) -> None:
    connection = _connection(tmp_path)
    await connection
    await connection.close()
    cursor: Any = connection.cursor()
    with pytest.raises(ValueError, match="closed"):
        await cursor.execute("SELECT 1")


async def _execute(connection: Any, statement: str) -> list[Any]:
    cursor = connection.cursor()
    await cursor.execute(statement)
    rows: list[Any] = await cursor.fetchall()
    return rows


async def test_transaction_lasts_from_its_first_statement_to_its_end(tmp_path: Path) -> None:
    async with _connection(tmp_path) as writing, _connection(tmp_path, BEGIN_READING) as reading:
        await _execute(writing, "PRAGMA user_version = 1")
        await writing.commit()
        between = writing.in_transaction
        await _execute(writing, "PRAGMA user_version = 2")
        assert (between, writing.in_transaction) == (False, True)
        await writing.rollback()
        assert await _execute(reading, "PRAGMA user_version") == [(1,)]


async def test_end_of_reading_is_not_waited_for_and_comes_before_what_is_read_next(tmp_path: Path) -> None:
    async with _connection(tmp_path) as writing, _connection(tmp_path, BEGIN_READING) as reading:
        await _execute(reading, "PRAGMA user_version")
        await reading.rollback()
        await _execute(writing, "PRAGMA user_version = 3")
        await writing.commit()
        assert await _execute(reading, "PRAGMA user_version") == [(3,)]


async def test_what_is_refused_before_the_commit_is_not_committed(tmp_path: Path) -> None:
    def refuse() -> None:
        raise OSError("gone")

    connect = partial(sqlite3.connect, tmp_path / "some.db", isolation_level=None)
    async with WholeStatementConnection(connect, BEGIN_WRITING, refuse) as refused:
        await _execute(refused, "PRAGMA user_version = 4")
        with pytest.raises(OSError, match="gone"):
            await refused.commit()
        await refused.rollback()
        assert await _execute(refused, "PRAGMA user_version") == [(0,)]
