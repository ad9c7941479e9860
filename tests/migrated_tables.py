"""A new SQLite database of the tests begins as a copy of one that Alembic has migrated, as migrating takes longer.

Thousands of tests begin with a database of their own. Tests of the migrations themselves ask for `each_migrates`.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from bot.storage.migrations import revisions
from bot.storage.systems.sqlite import SQLite

_open = SQLite.open


class MigratedTables:
    """A migrated SQLite database without rows, in a file of that name, which new ones are copied from."""

    def __init__(self, first: Path) -> None:
        self._first = first
        self._content = b""

    def copy_to(self, file: Path) -> None:
        """Makes a database. Raises OSError."""
        if not self._content:
            engine = create_engine(URL.create("sqlite", database=str(self._first)))
            with engine.connect() as connection:
                connection.execute(text("PRAGMA journal_mode = WAL"))
                revisions.upgrade(connection, str(self._first))
                connection.commit()
            engine.dispose()
            self._content = self._first.read_bytes()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self._content)


@pytest.fixture(scope="session", autouse=True)
def _tables_are_copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    tables = MigratedTables(tmp_path_factory.mktemp("migrated") / "tables.db")

    def open_copied(database: SQLite) -> None:
        file = Path(database.place)
        if not file.exists():
            with suppress(OSError):  # which opening it says better
                tables.copy_to(file)
        _open(database)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLite, "open", open_copied)
        yield


@pytest.fixture
def each_migrates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every database of the test is migrated by Alembic."""
    monkeypatch.setattr(SQLite, "open", _open)
