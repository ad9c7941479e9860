"""What new databases of the tests get is what migrating makes."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from tests.migrated_tables import RecordedTables, migrate


def _dump(file: Path, migrate: Callable[[Connection], None]) -> list[str]:
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        migrate(connection)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY rowid")).all()
        kept = [connection.execute(text(f'SELECT * FROM "{name}"')).all() for kind, name, _ in rows if kind == "table"]  # noqa: S608
    engine.dispose()
    return [*map(str, rows), *map(str, kept)]


def test_recorded_tables_are_those_of_the_migrations(tmp_path: Path) -> None:
    recorded = RecordedTables()
    made = _dump(tmp_path / "first.db", recorded.migrate)
    assert made == _dump(tmp_path / "migrated.db", migrate)
    assert sorted(made) == sorted(_dump(tmp_path / "second.db", recorded.migrate))
