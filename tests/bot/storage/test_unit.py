"""What is done in a unit happens whole or not at all, whatever goes wrong in it."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.errors import LeaseLostError, StorageError, UnknownQuestionError
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question, noted_passes
from tests.bot.storage.delivering import a_call, an_update, bodies, claimable, claimed, in_seconds


def _names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


async def _kept(storage: Storage) -> int:
    return len(await storage.questions.listed())


async def test_unit_keeps_everything_at_its_end(storage: Storage, url: str) -> None:
    async with Storage.open(url) as other:
        async with storage.unit():
            await storage.questions.record(a_question("a"))
            await storage.conversations.remember("telegram:1", "words", in_seconds(9))
            assert await _kept(other) == 0
        assert await _kept(other) == 1
        assert await other.conversations.recall("telegram:1", NOON) == "words"


async def test_what_was_written_in_a_unit_is_read_in_it(storage: Storage) -> None:
    async with storage.unit():
        number = await storage.questions.record(a_question())
        assert (await storage.questions.get(number)).text == a_question().text


async def test_what_needs_no_result_takes_one_pass_with_the_commit(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Storage.open(sqlite_url) as storage:
        inbox, outbox = storage.inbox("telegram"), storage.outbox("telegram")
        await inbox.add([an_update("a")], NOON)
        (waiting,) = await claimable(inbox)
        numbers: list[int] = []
        passes = noted_passes(monkeypatch)
        async with storage.unit():
            await storage.conversations.remember("telegram:1", "words", in_seconds(9))
            await outbox.add([a_call(), a_call()], NOON, kept=numbers.extend)
            await inbox.finish(waiting.number)
            assert (passes, numbers) == ([], [])
        assert len(passes) == 1
        assert [call.number for call in await claimed(outbox)] == numbers[:1]
        assert await bodies(inbox) == []


async def test_what_is_appended_is_read_in_the_unit_and_told_to_nobody_when_that_fails(storage: Storage) -> None:
    outbox, numbers = storage.outbox("telegram"), list[int]()

    async def unit() -> None:
        async with storage.unit():
            await outbox.add([a_call()], NOON, kept=numbers.extend)
            assert (await outbox.counts()).waiting == 1
            raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        await unit()
    assert numbers == []
    assert (await outbox.counts()).waiting == 0


async def test_refusal_of_what_was_appended_undoes_the_unit_and_is_no_doubtful_commit(storage: Storage) -> None:
    inbox = storage.inbox("telegram")
    await inbox.add([an_update("a")], NOON)
    (waiting,) = await claimable(inbox)
    await inbox.finish(waiting.number)

    async def unit() -> None:
        async with storage.unit():
            await storage.questions.record(a_question())
            await inbox.finish(waiting.number)

    with pytest.raises(LeaseLostError):
        await unit()
    assert await _kept(storage) == 0


async def test_exception_leaves_nothing(storage: Storage) -> None:
    async def unit() -> None:
        async with storage.unit():
            await storage.questions.record(a_question())
            raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        await unit()
    assert await _kept(storage) == 0
    await storage.questions.record(a_question())


async def test_unit_inside_another_is_a_part_of_it(storage: Storage) -> None:
    async def unit() -> None:
        async with storage.unit():
            async with storage.unit():
                await storage.questions.record(a_question("inner"))
            await storage.questions.record(a_question("outer"))
            raise ValueError("outer")

    with pytest.raises(ValueError, match="outer"):
        await unit()
    assert await _kept(storage) == 0


async def test_tasks_begun_in_a_unit_belong_to_it(storage: Storage) -> None:
    async def unit() -> None:
        async with storage.unit():
            await asyncio.gather(*(storage.questions.record(a_question(str(number))) for number in range(20)))
            assert await _kept(storage) == 20
            raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        await unit()
    assert await _kept(storage) == 0


async def test_task_that_outlives_its_unit_writes_by_itself(storage: Storage) -> None:
    over = asyncio.Event()

    async def late() -> None:
        await over.wait()
        await storage.questions.record(a_question("late"))

    async with storage.unit():
        await storage.questions.record(a_question("in time"))
        task = asyncio.create_task(late())
    over.set()
    await task
    assert await _kept(storage) == 2


async def test_cancelled_unit_leaves_nothing_and_lets_others_write(storage: Storage) -> None:
    for number in range(50):
        recorded = asyncio.Event()

        async def unit(origin: str, recorded: asyncio.Event) -> None:
            async with storage.unit():
                await storage.questions.record(a_question(origin))
                recorded.set()
                await asyncio.sleep(60)

        task = asyncio.create_task(unit(str(number), recorded))
        await (recorded.wait() if number % 2 else asyncio.sleep(number / 10_000))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await _kept(storage) == 0
    assert await storage.questions.record(a_question("after"))


async def test_task_cancelled_inside_a_unit_leaves_no_half_done_statement(storage: Storage) -> None:
    async with storage.unit():
        for number in range(30):
            task = asyncio.create_task(storage.questions.record(a_question(str(number))))
            await asyncio.sleep(number / 10_000)
            task.cancel()
        await storage.questions.record(a_question("last"))
    assert all(question.nearest for question in await storage.questions.listed())
    assert await storage.questions.record(a_question("last")) in {
        question.number for question in await storage.questions.listed()
    }


async def test_caught_failure_of_a_statement_fails_the_whole_unit(storage: Storage) -> None:
    def broken(connection: Connection) -> None:
        connection.execute(text("INSERT INTO no_such_table VALUES (1)"))

    async def unit() -> None:
        async with storage.unit():
            await storage.questions.record(a_question("before"))
            with pytest.raises(StorageError, match="no_such_table"):
                await storage._database.write(broken)
            with pytest.raises(StorageError, match="no_such_table"):
                await storage.questions.record(a_question("after"))
            with pytest.raises(StorageError, match="no_such_table"):
                await storage.questions.listed()

    with pytest.raises(StorageError, match="no_such_table"):
        await unit()
    assert await _kept(storage) == 0


async def test_defect_in_a_piece_of_work_fails_the_whole_unit(storage: Storage) -> None:
    def broken(connection: Connection) -> None:
        connection.execute(text("DELETE FROM questions"))
        raise KeyError("a defect")

    await storage.questions.record(a_question("before"))

    async def unit() -> None:
        async with storage.unit():
            with pytest.raises(KeyError):
                await storage._database.write(broken)

    with pytest.raises(StorageError, match="a defect"):
        await unit()
    assert await _kept(storage) == 1


async def test_refusal_that_is_no_failure_lets_the_unit_go_on(storage: Storage) -> None:
    async with storage.unit():
        await storage.questions.record(a_question("before"))
        with pytest.raises(UnknownQuestionError):
            await storage.questions.get(999)
        await storage.questions.record(a_question("after"))
    assert await _kept(storage) == 2


async def test_many_units_at_once_each_happen_whole(storage: Storage) -> None:
    async def unit(number: int) -> None:
        async with storage.unit():
            await storage.questions.record(a_question(f"first {number}"))
            await asyncio.sleep(0)
            await storage.questions.record(a_question(f"second {number}"))
            if number % 3 == 0:
                raise ValueError(number)

    results = await asyncio.gather(*(unit(number) for number in range(40)), return_exceptions=True)
    failed = [result for result in results if result is not None]
    assert all(isinstance(failure, ValueError) for failure in failed)
    assert await _kept(storage) == 2 * (40 - len(failed))


async def test_unit_that_only_reads_locks_nobody_out(storage: Storage, url: str) -> None:
    async with Storage.open(url) as other, storage.unit():
        await storage.questions.listed()
        await other.questions.record(a_question("other"))
        await storage.questions.record(a_question("own"))
    assert await _kept(storage) == 2


async def test_database_locked_at_the_first_write_fails_the_unit(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url, busy_timeout=0.1) as storage:
        with closing(sqlite3.connect(file, isolation_level=None)) as locking:
            locking.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError, match="is locked by another program"):
                async with storage.unit():
                    await storage.questions.record(a_question())
        async with storage.unit():
            await storage.questions.record(a_question())
        assert await _kept(storage) == 1


async def test_writers_behind_a_unit_that_hangs_are_told_in_time(sqlite_url: str) -> None:
    async with Storage.open(sqlite_url, busy_timeout=0.1) as storage:
        begun, done = asyncio.Event(), asyncio.Event()

        async def hang() -> None:
            async with storage.unit():
                await storage.questions.record(a_question("hangs"))
                begun.set()
                await done.wait()

        hanging = asyncio.create_task(hang())
        await begun.wait()
        with pytest.raises(StorageError, match="is busy; try again"):
            await storage.questions.record(a_question("behind"))
        assert await _kept(storage) == 0
        done.set()
        await hanging
        assert await _kept(storage) == 1


async def test_closed_storage_undoes_what_is_left_open(url: str) -> None:
    async with Storage.open(url) as storage:
        unit = storage.unit()
        await unit.__aenter__()
        await storage.questions.record(a_question())
    with pytest.raises(StorageError, match="is closed"):
        await storage.questions.listed()
    with pytest.raises(StorageError):
        await unit.__aexit__(None, None, None)
    async with Storage.open(url) as storage:
        assert await _kept(storage) == 0


async def test_offline_storage_fails_at_once_and_only_there(storage: Storage) -> None:
    with storage.offline():
        with pytest.raises(StorageError, match="is left alone here"):
            await storage.questions.listed()
        with pytest.raises(StorageError, match="is left alone here"):
            async with storage.unit():
                await storage.inbox("telegram").add([an_update("a")], NOON)
        await asyncio.create_task(_fails(storage))
    assert await storage.inbox("telegram").add([an_update("a")], NOON) == 1
    assert len(await bodies(storage.inbox("telegram"))) == 1


async def test_task_begun_while_offline_may_use_the_storage_later(storage: Storage) -> None:
    over = asyncio.Event()

    async def later() -> int:
        await over.wait()
        return await storage.questions.record(a_question())

    with storage.offline():
        task = asyncio.create_task(later())
    over.set()
    assert await task


async def _fails(storage: Storage) -> None:
    with pytest.raises(StorageError, match="is left alone here"):
        await storage.conversations.remember("telegram:1", "words", NOON)


async def test_unit_whose_end_fails_leaves_no_lock(sqlite_url: str, file: Path) -> None:
    away = file.with_name("away.db")
    async with Storage.open(sqlite_url) as storage:

        async def unit() -> None:
            async with storage.unit():
                await storage.questions.record(a_question())
                shutil.move(file, away)

        with pytest.raises(StorageError, match="removed"):
            await unit()
        for _ in range(9):  # more than there are connections
            with pytest.raises(StorageError, match="removed"):
                await storage.questions.record(a_question())
        assert file.name not in _names(file.parent), "nothing is made in its place"
        shutil.move(away, file)
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        for number in range(9):
            async with storage.unit():
                await storage.questions.record(a_question(str(number)))
        with closing(sqlite3.connect(file)) as other:
            assert other.execute("SELECT count(*) FROM questions").fetchone() == (9,)
