"""A backup takes the place of the database: no number is given again, nothing is sent or handled twice."""

import asyncio
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import Sent
from bot.errors import NewerSchemaError, StorageError
from bot.records.questions import VoteOutcome
from bot.storage.restoration import Restored, restore
from bot.storage.storage import Storage
from tests.bot.follow_up.building import CHANNEL, Office
from tests.bot.storage.building import NOON, a_question, content, overwrite
from tests.bot.storage.delivering import a_call, an_update, bodies, claimed, in_seconds


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


async def test_what_was_recorded_before_the_backup_is_there_again(sqlite_url: str, file: Path, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question("telegram:1:1", "예산이 얼마예요?"))
        await storage.backup(backup)
        await storage.questions.record(a_question("telegram:1:2", "나중에 물은 것"))
    done = await restore(sqlite_url, backup, NOON)
    assert done == Restored(file.with_name("assistant.db.before-20261122-120000"), calls=0, updates=0, is_compared=True)
    async with Storage.open(sqlite_url) as storage:
        assert [question.text for question in await storage.questions.listed()] == ["예산이 얼마예요?"]
    with closing(sqlite3.connect(done.replaced or "")) as former:
        assert former.execute("SELECT count(*) FROM questions").fetchone() == (2,)


async def test_a_number_given_after_the_backup_is_not_given_again(sqlite_url: str, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.backup(backup)
        given = [await storage.questions.record(a_question(f"telegram:1:{number}")) for number in range(3)]
    await restore(sqlite_url, backup, NOON)
    async with Storage.open(sqlite_url) as storage:
        assert await storage.questions.record(a_question("telegram:2:1")) == max(given) + 1


async def test_without_the_former_database_so_many_numbers_are_left_out_that_none_comes_again(
    sqlite_url: str, file: Path, backup: Path
) -> None:
    async with Storage.open(sqlite_url) as storage:
        first = await storage.questions.record(a_question("telegram:1:1"))
        await storage.backup(backup)
    overwrite(file, b"damaged" * 1000)
    assert not (await restore(sqlite_url, backup, NOON)).is_compared
    async with Storage.open(sqlite_url) as storage:
        assert await storage.questions.record(a_question("telegram:2:1")) > first + 10_000


async def test_the_log_of_the_former_database_is_not_read_into_the_backup(
    sqlite_url: str, file: Path, backup: Path
) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.backup(backup)
        await storage.questions.record(a_question("telegram:1:1", "nur im Log"))
        for end in ("", "-wal"):  # as a crash leaves them
            shutil.copy(f"{file}{end}", f"{file}.kept{end}")
    for end in ("", "-wal"):
        shutil.copy(f"{file}.kept{end}", f"{file}{end}")
    await restore(sqlite_url, backup, NOON)
    async with Storage.open(sqlite_url) as storage:
        assert await storage.questions.listed() == []


async def test_what_was_sent_since_is_not_sent_again_and_the_rest_is_looked_for(sqlite_url: str, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        outbox = storage.outbox("telegram")
        await outbox.add([a_call("sent since", 1), a_call("still waits", 2)], NOON)
        await storage.backup(backup)
        sent = next(call for call in await claimed(outbox) if call.chat == 1)
        await claimed(outbox, NOON, Sent(sent.number, 7), limit=0)
    assert (await restore(sqlite_url, backup, NOON)).calls == 1
    async with Storage.open(sqlite_url) as storage:
        (left,) = await claimed(storage.outbox("telegram"), in_seconds(1))
        assert (left.arguments["text"], left.doubtful) == ("still waits", True)


async def test_what_was_handled_since_is_not_handled_again(sqlite_url: str, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        inbox = storage.inbox("telegram")
        await inbox.add([an_update("handled since", 1), an_update("still waits", 2)], NOON)
        await storage.backup(backup)
        handled = next(update for update in await inbox.claim(9, NOON) if update.chat == 1)
        await inbox.finish(handled.number)
    assert (await restore(sqlite_url, backup, NOON)).updates == 1
    async with Storage.open(sqlite_url) as storage:
        assert await bodies(storage.inbox("telegram")) == ['{"key":"still waits"}']


async def test_who_was_forgotten_since_stays_so(sqlite_url: str, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        office = Office(storage)
        for chat in (7, 8):
            number = await office.ask("셔틀 있나요?", chat)
            await office.follow_up.citizens.add_note(number, f"덧붙임 {chat}")
            await office.follow_up.citizens.vote(CHANNEL, chat, 5, "budget", helpful=True)
        await storage.backup(backup)
        await office.follow_up.citizens.forget(CHANNEL, 7)
    await restore(sqlite_url, backup, NOON)
    async with Storage.open(sqlite_url) as storage:
        office, citizens = Office(storage), Office(storage).follow_up.citizens
        assert [len(await citizens.mine(CHANNEL, chat)) for chat in (7, 8)] == [0, 1]
        assert [bool(await storage.questions.number_of(f"{CHANNEL}:{chat}:{chat + 7}")) for chat in (7, 8)] == [
            False,
            True,
        ]
        assert [text async for place, text in storage.texts() if place.startswith("notes.text")] == ["덧붙임 8"]
        votes = [await office.follow_up.citizens.vote(CHANNEL, chat, 5, "budget", helpful=True) for chat in (7, 8)]
        assert votes == [VoteOutcome.COUNTED, VoteOutcome.SAME]


async def test_what_was_confirmed_since_and_has_not_ended_goes_on(sqlite_url: str, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.backup(backup)
        inbox, outbox = storage.inbox("telegram"), storage.outbox("telegram")
        await inbox.add([an_update("handled since", 1), an_update("still waits", 2)], NOON)
        await inbox.finish(next(update.number for update in await inbox.claim(9, NOON) if update.chat == 1))
        await outbox.add([a_call("still waits", 2)], NOON)
    done = await restore(sqlite_url, backup, NOON)
    assert (done.calls, done.updates) == (1, 1)
    async with Storage.open(sqlite_url) as storage:
        inbox = storage.inbox("telegram")
        assert await bodies(inbox) == ['{"key":"still waits"}']
        assert await inbox.add([an_update("handled since", 1), an_update("still waits", 2)], NOON) == 0
        (left,) = await claimed(storage.outbox("telegram"), in_seconds(1))
        assert (left.arguments["text"], left.doubtful) == ("still waits", True)


async def test_what_staff_were_told_of_work_that_is_gone_is_not_sent(sqlite_url: str, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.backup(backup)
        await storage.outbox("telegram").add([replace(a_call("a card"), reference="card:-1:7:1")], NOON)
    assert (await restore(sqlite_url, backup, NOON)).calls == 0


async def test_restored_postgresql_gives_no_number_again_and_looks_for_what_was_under_way(postgresql_url: str) -> None:
    async with Storage.open(postgresql_url) as storage:
        first = await storage.questions.record(a_question())
        await storage.outbox("telegram").add([a_call("still waits")], NOON)
        await storage.inbox("telegram").add([an_update("still waits")], NOON)
        assert await storage.after_restore(NOON) == (1, 1)
        assert await storage.questions.record(a_question("telegram:2:1")) > first + 10_000
        (left,) = await claimed(storage.outbox("telegram"), in_seconds(1))
        assert left.doubtful


async def test_postgresql_on_which_an_assistant_runs_is_left_alone(postgresql_url: str) -> None:
    async with Storage.open(postgresql_url) as storage, Storage.open(postgresql_url) as running:
        leads = asyncio.Event()

        async def receive() -> None:
            leads.set()
            await asyncio.Event().wait()

        receiving = asyncio.create_task(running.lead("receiving", receive))
        await leads.wait()
        with pytest.raises(StorageError, match="an assistant is running on"):
            await storage.after_restore(NOON)
        receiving.cancel()
        with suppress(asyncio.CancelledError):
            await receiving


async def test_sqlite_needs_nothing_after_its_restore(sqlite_url: str) -> None:
    async with Storage.open(sqlite_url) as storage:
        with pytest.raises(StorageError, match="database restore FILE"):
            await storage.after_restore(NOON)


async def test_it_works_while_nothing_was_there(sqlite_url: str, tmp_path: Path, backup: Path) -> None:
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'elsewhere.db'}") as storage:
        await storage.questions.record(a_question())
        await storage.backup(backup)
    key_file = tmp_path / "elsewhere.db.key"
    assert (await restore(sqlite_url, backup, NOON, key_file)).replaced is None
    async with Storage.open(sqlite_url, key_file=key_file) as storage:
        assert len(await storage.questions.listed()) == 1


async def test_a_running_assistant_keeps_its_database(sqlite_url: str, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage, storage.own():
        await storage.questions.record(a_question())
        await storage.backup(backup)
        with pytest.raises(StorageError, match=r"an assistant is running on .*; stop it"):
            await restore(sqlite_url, backup, NOON)
        assert len(await storage.questions.listed()) == 1


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (None, "there is no backup"),
        (b"", "is no backup of this program"),
        (b"not a database, but long enough to be looked at" * 100, "is no backup of this program"),
    ],
)
async def test_what_is_no_backup_changes_nothing(
    sqlite_url: str, file: Path, backup: Path, made: bytes | None, said: str
) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question())
    if made is not None:
        overwrite(backup, made)
    before = content(file)
    with pytest.raises(StorageError, match=said):
        await restore(sqlite_url, backup, NOON)
    assert content(file) == before


async def test_a_damaged_backup_changes_nothing(sqlite_url: str, file: Path, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        for number in range(200):
            await storage.questions.record(a_question(f"telegram:1:{number}"))
        await storage.backup(backup)
    whole = bytearray(content(backup))
    whole[len(whole) // 2 : len(whole) // 2 + 8192] = bytes(8192)
    overwrite(backup, bytes(whole))
    before = content(file)
    with pytest.raises(StorageError, match=r"damaged|could not be restored"):
        await restore(sqlite_url, backup, NOON)
    assert content(file) == before


async def test_a_backup_of_a_newer_version_changes_nothing(sqlite_url: str, file: Path, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        await storage.backup(backup)
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = content(file)
    with pytest.raises(NewerSchemaError):
        await restore(sqlite_url, backup, NOON)
    assert content(file) == before
    left = {path.name for path in file.parent.iterdir()}
    assert left <= {"assistant.db", "assistant.db-owner.lock", "assistant.db.key"}


async def test_the_database_itself_is_no_backup(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url):
        pass
    with pytest.raises(StorageError, match="is the database itself"):
        await restore(sqlite_url, file, NOON)


async def test_postgresql_names_its_own_tool(backup: Path) -> None:
    with pytest.raises(StorageError, match="pg_restore"):
        await restore("postgresql+asyncpg://u:p@h/d", backup, NOON)


async def test_a_backup_made_under_load_is_restored_with_no_number_given_twice(sqlite_url: str, backup: Path) -> None:
    async with Storage.open(sqlite_url) as storage:

        async def ask(citizen: int) -> list[int]:
            return [
                await storage.questions.record(a_question(f"telegram:{citizen}:{number}", asked_at=NOON))
                for number in range(10)
            ]

        asking = asyncio.gather(*(ask(citizen) for citizen in range(10)))
        await storage.backup(backup)
        given = {number for numbers in await asking for number in numbers}
    await restore(sqlite_url, backup, NOON + timedelta(hours=1))
    async with Storage.open(sqlite_url) as storage:
        kept = {question.number for question in await storage.questions.listed()}
        new = await storage.questions.record(a_question("telegram:new:1"))
    assert kept <= given
    assert new > max(given)
