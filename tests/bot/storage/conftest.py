"""Databases to test with: SQLite always, PostgreSQL when TEST_POSTGRESQL_URL names an empty database to use up."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.storage import Storage

_POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL")
_SYSTEMS = ["sqlite", *(["postgresql"] if _POSTGRESQL else [])]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "assistant.db"


@pytest.fixture
def sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(params=_SYSTEMS)
async def url(request: pytest.FixtureRequest, sqlite_url: str) -> str:
    if request.param == "sqlite":
        return sqlite_url
    assert _POSTGRESQL
    engine = create_async_engine(_POSTGRESQL)
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()
    return _POSTGRESQL


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    async with Storage.open(url) as opened:
        yield opened
