"""A new SQLite database gets its tables from what Alembic made of the first one of the process, in a tenth of the time.

Hundreds of tests begin with a database of their own. Tests of the migrations themselves ask for `each_migrates`.
"""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, text

from bot.storage.migrations import revisions

_TABLES = text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
_REVISION = text("INSERT INTO alembic_version VALUES (:revision)")
_ROOM = "bot.storage.migrations.revisions._migrate"
migrate: Callable[[Connection], None] = revisions._migrate
"""What runs the migrations, as the program does."""


class RecordedTables:
    """Migrates as the program does, and remembers what tables an empty SQLite database got."""

    def __init__(self) -> None:
        self._statements: list[str] = []

    def migrate(self, connection: Connection) -> None:
        """Brings the tables up to date, in the transaction that the connection is in."""
        is_empty = connection.dialect.name == "sqlite" and not connection.execute(_TABLES).first()
        if is_empty and self._statements:
            for statement in self._statements:
                connection.exec_driver_sql(statement)
            connection.execute(_REVISION, {"revision": revisions.NEWEST})
            return
        migrate(connection)
        if is_empty:
            self._statements = list(connection.execute(_TABLES).scalars())


@pytest.fixture(scope="session", autouse=True)
def _tables_are_recorded() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_ROOM, RecordedTables().migrate)
        yield


@pytest.fixture
def each_migrates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every database of the test is migrated by Alembic."""
    monkeypatch.setattr(_ROOM, migrate)
