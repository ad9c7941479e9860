"""A backup is a whole database, made while the original is in use, and overwrites nothing."""

import stat
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.errors import StorageError
from bot.storage.storage import Storage
from bot.storage.systems.postgresql import PostgreSQL
from tests.bot.storage.building import a_question


async def test_backup_opens_with_the_same_questions_and_key(sqlite_url: str, file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with Storage.open(sqlite_url) as storage:
        number = await storage.questions.record(a_question())
        await storage.backup(copy)
    async with Storage.open(f"sqlite+aiosqlite:///{copy}", key_file=file.with_name("assistant.db.key")) as restored:
        assert await restored.questions.record(a_question()) == number


async def test_backup_is_its_owners_alone(sqlite_url: str, tmp_path: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.backup(tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


async def test_backup_overwrites_nothing(sqlite_url: str, tmp_path: Path) -> None:
    existing = tmp_path / "copy.db"
    existing.write_text("precious")
    async with Storage.open(sqlite_url) as storage:
        with pytest.raises(StorageError, match="exists; name a new file"):
            await storage.backup(existing)
    assert existing.read_text() == "precious"


async def test_backup_into_a_missing_folder_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        with pytest.raises(StorageError, match="cannot be written: No such file or directory"):
            await storage.backup(tmp_path / "none" / "copy.db")


async def test_postgresql_names_its_own_tool(tmp_path: Path) -> None:
    backend = PostgreSQL(make_url("postgresql+asyncpg://u:p@h/d"), busy_timeout=1)
    with pytest.raises(StorageError, match="pg_dump"):
        await backend.backup(tmp_path / "copy.dump")
