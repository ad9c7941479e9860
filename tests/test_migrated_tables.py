"""What new databases of the tests get is what migrating makes."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.storage.storage import Storage
from tests.migrated_tables import MigratedTables


def _dump(file: Path) -> list[str]:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY rowid")).all()
        revision = connection.execute(text("SELECT * FROM alembic_version")).all()
    engine.dispose()
    return [*map(str, rows), *map(str, revision)]


@pytest.mark.usefixtures("each_migrates")
async def test_copied_tables_are_those_of_the_migrations(tmp_path: Path) -> None:
    tables = MigratedTables(tmp_path / "tables.db")
    for name in ("first.db", "second.db"):
        tables.copy_to(tmp_path / name)
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'migrated.db'}"):
        migrated = _dump(tmp_path / "migrated.db")
    assert migrated
    assert _dump(tmp_path / "first.db") == migrated
    assert _dump(tmp_path / "second.db") == migrated
