"""Migrations lead from an empty database to the tables the program uses, and never touch what they do not know."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from bot.errors import NewerSchemaError, StorageError
from bot.storage.database import Database
from bot.storage.migrations import revisions
from bot.storage.storage import Storage
from bot.storage.systems import backend_of
from bot.storage.tables import METADATA
from tests.bot.storage.building import NOON, a_question

pytestmark = pytest.mark.usefixtures("each_migrates")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without a table."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        server = request.getfixturevalue("postgresql")
        yield (url := server.new_database())
        server.drop_database(url)


_ON_SQLITE_ALONE = {"ix_questions_words"}


def _differences(connection: Connection) -> list[object]:
    def is_here(_: object, name: str | None, *__: object) -> bool:
        return connection.dialect.name == "sqlite" or name not in _ON_SQLITE_ALONE

    context = MigrationContext.configure(connection, opts={"include_object": is_here})
    return list(compare_metadata(context, METADATA))


async def test_migrated_tables_are_those_the_program_uses(empty_url: str) -> None:
    async with Storage.open(empty_url) as storage:
        assert await storage._database.read(_differences) == []


def test_migration_makes_the_same_tables_as_the_metadata(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    METADATA.create_all(engine)
    with engine.connect() as connection:
        schema = str(connection.execute(text("SELECT group_concat(sql) FROM sqlite_master")).scalar_one())
    engine.dispose()
    assert "AUTOINCREMENT" in schema


async def test_migrated_database_is_opened_again(empty_url: str) -> None:
    for _ in range(2):
        async with Storage.open(empty_url) as storage:
            assert storage.revision == "0012"


async def test_instances_that_start_together_migrate_once(empty_url: str) -> None:
    async def start() -> int:
        async with Storage.open(empty_url) as storage:
            return await storage.questions.record(a_question())

    assert len(set(await asyncio.gather(*(start() for _ in range(5))))) == 1


async def test_database_of_the_first_version_keeps_its_questions(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        number = await storage.questions.record(a_question())
    with closing(sqlite3.connect(file)) as connection, connection:
        for table in METADATA.tables.keys() - {"deployment", "questions"}:
            connection.execute(f"DROP TABLE {table}")
        for index in ("group_number", "not_helped", "words"):
            connection.execute(f"DROP INDEX ix_questions_{index}")
        connection.execute("ALTER TABLE questions DROP COLUMN group_number")
        for column in ("citizen_digest", "chosen_entry"):
            connection.execute(f"DROP INDEX ix_questions_{column}")
            connection.execute(f"ALTER TABLE questions DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    async with Storage.open(sqlite_url) as storage:
        assert (await storage.questions.get(number)).text == a_question().text
        await storage.conversations.remember("telegram:1", "예산?", NOON)


async def test_filled_database_of_an_older_revision_goes_on_where_it_was(empty_url: str) -> None:
    """Revision 0005 had no leases in its inbox: what waited there is claimed, and what was asked is there."""
    database = Database(backend_of(empty_url, 5.0), 5.0)
    await database.write(_to_revision_0005)
    await database.close()
    async with Storage.open(empty_url) as storage:
        assert [question.text for question in await storage.questions.listed()] == ["예산?"]
        (waiting,) = await storage.inbox("telegram").claim(9, NOON)
        assert waiting.body == '{"update_id": 1}'
        (call,) = await storage.outbox("telegram").turn_over([], NOON, limit=9, newest=0)
        assert call.arguments == {"chat_id": 7, "text": "답"}
        assert await storage._database.read(lambda connection: connection.execute(text(_CLOSED)).all()) == [(0, None)]


def _to_revision_0005(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(revisions.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "0005")
    connection.execute(text(_FILL_QUESTIONS), {"digest": b"q" * 32, "now": NOON})
    connection.execute(text(_FILL_INBOX), {"digest": b"u" * 32, "now": NOON})
    connection.execute(text(_FILL_OUTBOX), {"now": NOON})


_FILL_QUESTIONS = """
INSERT INTO questions (number, origin_digest, text, language, outcome, state, nearest, asked_at, updated_at)
VALUES (1, :digest, '예산?', 'ko', 'fallback', 'open', '[]', :now, :now)
"""
_FILL_INBOX = """
INSERT INTO inbox (number, channel, key_digest, chat, body, state, attempts, received_at)
VALUES (1, 'telegram', :digest, 7, '{"update_id": 1}', 'waiting', 0, :now)
"""
_FILL_OUTBOX = """
INSERT INTO outbox (number, channel, chat, method, arguments, state, attempts, due_at, created_at)
VALUES (1, 'telegram', 7, 'sendMessage', '{"chat_id": 7, "text": "답"}', 'waiting', 0, :now, :now),
(2, 'telegram', 8, 'sendMessage', '{"chat_id": 8, "text": "답"}', 'closed', 1, :now, :now)
"""
_CLOSED = "SELECT chat, arguments FROM outbox WHERE state = 'closed'"


async def test_newer_database_is_refused_and_left_as_it_is(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url):
        pass
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchemaError, match=r"newer version of this program \(revision '9999'\); run that version"):
        async with Storage.open(sqlite_url):
            pass
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


async def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StorageError, match="another program's tables"):
        async with Storage.open(f"sqlite+aiosqlite:///{file}"):
            pass
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
