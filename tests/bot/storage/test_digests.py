"""Whoever has the database, or a backup of it, alone cannot find out whose chat a digest belongs to."""

import hashlib
import hmac
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary

from bot.errors import StorageError
from bot.records.groups import StaffMember
from bot.storage.database import Database
from bot.storage.digests import citizen_digest, deployment_key, digest_of
from bot.storage.restoration import restore
from bot.storage.storage import Storage
from bot.storage.systems import backend_of
from bot.storage.tables import METADATA
from tests.bot.storage.building import NOON, a_question
from tests.bot.storage.delivering import an_update

CHAT = 4242
DIGESTS = "SELECT citizen_digest FROM questions UNION SELECT citizen_digest FROM askers"
INNER = "SELECT value FROM deployment WHERE name = 'origin-key'"


@pytest.fixture
def key_file(file: Path) -> Path:
    return file.with_name("assistant.db.key")


def stored(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def set_back(file: Path, key_file: Path) -> None:
    """Makes of a fresh database one as it was before there was a second key."""
    key_file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM deployment WHERE name = 'digest-key-proof'")


def read(path: Path) -> str:
    return path.read_text()


def write(path: Path, text: str) -> None:
    path.write_text(text)


def remove(path: Path) -> None:
    path.unlink()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def is_there(path: Path) -> bool:
    return path.exists()


def holds(path: Path, part: bytes) -> bool:
    return part in path.read_bytes()


async def ask(storage: Storage, message: int = 1) -> int:
    number = await storage.questions.record(a_question(f"telegram:{CHAT}:{message}"))
    await storage.follow_up.askers.add(number, "telegram", CHAT, message, language="ko", now=NOON)
    return number


async def test_no_chat_number_can_be_tried_out_with_the_database_alone(
    sqlite_url: str, file: Path, key_file: Path
) -> None:
    async with Storage.open(sqlite_url) as storage:
        await ask(storage)
    ((inner,),) = stored(file, INNER)
    kept = {row[0] for row in stored(file, DIGESTS)}
    tried = hmac.digest(bytes.fromhex(str(inner)), f"citizen:telegram:{CHAT}".encode(), hashlib.sha256)
    assert tried not in kept
    assert kept == {hmac.digest(bytes.fromhex(read(key_file)), tried, hashlib.sha256)}


async def test_the_key_is_for_its_owner_alone_and_no_part_of_a_backup(
    sqlite_url: str, key_file: Path, tmp_path: Path
) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.backup(tmp_path / "backup.db")
    assert mode(key_file) == 0o600
    assert not holds(tmp_path / "backup.db", read(key_file).strip().encode())


async def test_an_older_database_is_brought_under_the_key_and_everybody_is_known_as_before(
    sqlite_url: str, file: Path, key_file: Path
) -> None:
    async with Storage.open(sqlite_url):
        pass
    set_back(file, key_file)
    database = Database(backend_of(sqlite_url, 1.0), 1.0)
    older = Storage(database, await deployment_key(database, None))
    number = await ask(older)
    await older.inbox("telegram").add([an_update("done"), an_update("waits")], NOON)
    secret_chat = await older.transcripts.open("secret", NOON)
    await older.sign_in.begin("session", StaffMember("1", "Kim"), NOON)
    await older.conversations.remember(f"telegram:{CHAT}", "예산", NOON.replace(year=2030))
    ((before,),) = stored(file, "SELECT citizen_digest FROM questions")
    await database.close()
    async with Storage.open(sqlite_url) as storage:
        assert stored(file, "SELECT citizen_digest FROM questions") != [(before,)]
        assert await ask(storage) == number
        assert [asker.question for asker in await storage.follow_up.askers.of_citizen("telegram", CHAT)] == [number]
        await storage.inbox("telegram").add([an_update("waits")], NOON)
        assert (await storage.inbox("telegram").counts()).waiting == 2
        assert await storage.transcripts.chat("secret") == secret_chat
        assert await storage.sign_in.session("session")
        assert await storage.conversations.recall(f"telegram:{CHAT}", NOON) == "예산"
    assert isinstance(before, bytes)
    assert not holds(file, before)
    async with Storage.open(sqlite_url) as storage:  # and not a second time
        assert await ask(storage) == number


def test_every_column_of_bytes_is_a_digest() -> None:
    """What is brought under a key is each of them."""
    columns = [column for table in METADATA.sorted_tables for column in table.columns]
    assert all("digest" in column.name for column in columns if isinstance(column.type, LargeBinary))


async def test_a_missing_or_another_key_is_told_and_changes_nothing(
    sqlite_url: str, key_file: Path, tmp_path: Path
) -> None:
    async with Storage.open(sqlite_url) as storage:
        await ask(storage)
    kept = tmp_path / "kept"
    shutil.move(key_file, kept)
    with pytest.raises(StorageError, match=r"key .* is missing; put it back .* database new-key"):
        async with Storage.open(sqlite_url):
            pass
    assert not is_there(key_file)
    write(key_file, "ab" * 32)
    with pytest.raises(StorageError, match="is not the one"):
        async with Storage.open(sqlite_url):
            pass
    write(key_file, "no key")
    with pytest.raises(StorageError, match="is no key of this program"):
        async with Storage.open(sqlite_url):
            pass
    async with Storage.open(sqlite_url, key_file=kept) as storage:
        assert await storage.follow_up.askers.of_citizen("telegram", CHAT)


async def test_with_a_new_key_nobody_is_known_and_everything_is_kept(sqlite_url: str, key_file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        number = await ask(storage)
    remove(key_file)
    async with Storage.open(sqlite_url, new_key=True) as storage:
        assert await storage.follow_up.askers.of_citizen("telegram", CHAT) == []
        assert [question.number for question in await storage.questions.listed()] == [number]
        assert await ask(storage) == number + 1
    async with Storage.open(sqlite_url, new_key=True) as storage:  # once more changes nothing
        assert await ask(storage) == number + 1


async def test_a_backup_of_before_the_key_is_brought_under_it(sqlite_url: str, file: Path, tmp_path: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await ask(storage)
        await storage.backup(tmp_path / "backup.db")
    key = (bytes.fromhex(str(stored(file, INNER)[0][0])),)
    with closing(sqlite3.connect(tmp_path / "backup.db")) as connection, connection:
        connection.execute("DELETE FROM deployment WHERE name = 'digest-key-proof'")
        connection.execute("UPDATE questions SET origin_digest = ?", (digest_of(f"telegram:{CHAT}:1", key),))
        connection.execute("UPDATE askers SET citizen_digest = ?", (citizen_digest("telegram", CHAT, key),))
    assert (await restore(sqlite_url, tmp_path / "backup.db", NOON)).is_compared
    async with Storage.open(sqlite_url) as storage:
        assert len(await storage.follow_up.askers.of_citizen("telegram", CHAT)) == 1


async def test_a_backup_under_a_lost_key_is_restored_when_that_is_asked_for(
    sqlite_url: str, key_file: Path, tmp_path: Path
) -> None:
    async with Storage.open(sqlite_url) as storage:
        await ask(storage)
        await storage.backup(tmp_path / "backup.db")
    other, other_key = f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", tmp_path / "other.db.key"
    with pytest.raises(StorageError, match="is missing"):
        await restore(other, tmp_path / "backup.db", NOON)
    await restore(other, tmp_path / "backup.db", NOON, new_key=True)
    async with Storage.open(other) as storage:
        assert await storage.questions.open_count() == 1
        assert await storage.follow_up.askers.of_citizen("telegram", CHAT) == []
    assert read(other_key) != read(key_file)


async def test_instances_on_a_server_share_the_key_that_the_setting_names(postgresql_url: str, tmp_path: Path) -> None:
    async with Storage.open(postgresql_url) as storage:  # as before the setting was made
        number = await ask(storage)
    key_file = tmp_path / "digest.key"
    async with (
        Storage.open(postgresql_url, key_file=key_file) as one,
        Storage.open(postgresql_url, key_file=key_file) as other,
    ):
        assert await ask(one) == await ask(other) == number
    with pytest.raises(StorageError, match="name it in DIGEST_KEY_FILE"):
        async with Storage.open(postgresql_url):
            pass
    with pytest.raises(StorageError, match="is missing"):
        async with Storage.open(postgresql_url, key_file=tmp_path / "elsewhere.key"):
            pass


async def test_a_moved_database_goes_on_under_its_key(sqlite_url: str, postgresql_url: str, key_file: Path) -> None:
    async with Storage.open(sqlite_url) as source, Storage.open(postgresql_url) as target:
        number = await ask(source)
        await source.copy_to(target)
    async with Storage.open(postgresql_url, key_file=key_file) as moved:
        assert await ask(moved) == number
