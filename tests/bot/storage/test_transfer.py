"""A SQLite database is moved to PostgreSQL: every row, every number given, and the key of its digests."""

from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question
from tests.bot.storage.delivering import a_call, an_update, bodies


async def test_everything_is_copied_and_the_same_origin_is_one_record(
    sqlite_url: str, postgresql_url: str, file: Path
) -> None:
    async with Storage.open(sqlite_url) as source, Storage.open(postgresql_url) as target:
        numbers = [await source.questions.record(a_question(f"telegram:1:{place}")) for place in range(1500)]
        await source.inbox("telegram").add([an_update("waits")], NOON)
        await source.outbox("telegram").add([a_call("waits")], NOON)
        copied = await source.copy_to(target)
        assert (copied["questions"], copied["inbox"], copied["outbox"]) == (1500, 1, 1)
        assert await target.questions.listed() == await source.questions.listed()
        assert (await target.outbox("telegram").counts()).waiting == 1
    async with Storage.open(postgresql_url, key_file=file.with_name("assistant.db.key")) as opened:
        assert await opened.questions.record(a_question("telegram:2:0")) == numbers[-1] + 1
        assert await opened.questions.record(a_question("telegram:1:0")) == numbers[0]
        assert await bodies(opened.inbox("telegram")) == ['{"key":"waits"}']


async def test_a_number_of_a_destroyed_question_is_not_given_again(sqlite_url: str, postgresql_url: str) -> None:
    async with Storage.open(sqlite_url) as source, Storage.open(postgresql_url) as target:
        number = await source.questions.record(a_question())
        await source.purge(NOON.replace(year=2030), retention_days=1)
        await source.copy_to(target)
        assert await target.questions.record(a_question("telegram:2:1")) == number + 1


async def test_a_filled_database_is_not_written_over(sqlite_url: str, postgresql_url: str) -> None:
    async with Storage.open(sqlite_url) as source, Storage.open(postgresql_url) as target:
        await target.questions.record(a_question("telegram:9:9", "bleibt"))
        with pytest.raises(StorageError, match="is not empty"):
            await source.copy_to(target)
        assert [question.text for question in await target.questions.listed()] == ["bleibt"]


async def test_it_goes_one_way(sqlite_url: str, tmp_path: Path) -> None:
    async with Storage.open(sqlite_url) as source, Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'b.db'}") as target:
        with pytest.raises(StorageError, match="from SQLite to PostgreSQL"):
            await source.copy_to(target)


async def test_a_running_assistant_keeps_its_database(sqlite_url: str, postgresql_url: str) -> None:
    async with Storage.open(sqlite_url) as source, source.own(), Storage.open(postgresql_url) as target:
        await source.questions.record(a_question())
        async with Storage.open(sqlite_url) as beside:
            with pytest.raises(StorageError, match="an assistant is running on"):
                await beside.copy_to(target)
        assert await target.questions.listed() == []
