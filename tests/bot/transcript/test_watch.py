"""Pages on which a chat is open learn of its changes, from whichever process, by one query for all of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.errors import StorageError
from bot.records.kept_messages import MessageContent
from bot.storage.storage import Storage
from bot.storage.transcripts import Transcripts
from bot.transcript.watch import TranscriptWatch
from tests.bot.storage.building import NOON
from tests.bot.storage.conftest import file, sqlite_url, storage, url

__all__ = ["file", "sqlite_url", "storage", "url"]
HELLO = MessageContent("안녕하세요", "ko")


@asynccontextmanager
async def _running(watch: TranscriptWatch) -> AsyncIterator[None]:
    task = asyncio.create_task(watch.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _next(changes: AsyncIterator[int]) -> int:
    async with asyncio.timeout(60):
        return await anext(changes)


async def test_page_learns_of_what_another_process_wrote(storage: Storage) -> None:
    watch = TranscriptWatch(storage.transcripts, seconds=0.01)
    chat = await storage.transcripts.open("mine", NOON)
    async with _running(watch):
        changes = watch.changes(chat, 0)
        coming = asyncio.create_task(_next(changes))
        await asyncio.sleep(0)
        await storage.transcripts.add(chat, HELLO, NOON)
        assert await coming == 1
        await storage.transcripts.add(chat, HELLO, NOON)
        assert await _next(changes) == 2
        await changes.aclose()
    assert watch.pages == 0


async def test_own_change_is_noticed_without_waiting_for_the_regular_look(storage: Storage) -> None:
    watch = TranscriptWatch(storage.transcripts, seconds=3600)
    chat = await storage.transcripts.open("mine", NOON)
    async with _running(watch):
        changes = watch.changes(chat, 0)
        coming = asyncio.create_task(_next(changes))
        await asyncio.sleep(0)
        await storage.transcripts.add(chat, HELLO, NOON)
        watch.hurry(chat)
        assert await coming == 1
        await changes.aclose()


async def test_every_page_of_a_chat_learns_of_it_and_no_other(storage: Storage) -> None:
    watch = TranscriptWatch(storage.transcripts, seconds=0.01)
    mine, yours = await storage.transcripts.open("mine", NOON), await storage.transcripts.open("yours", NOON)
    async with _running(watch):
        pages = [watch.changes(mine, 0), watch.changes(mine, 0)]
        other = asyncio.create_task(_next(watch.changes(yours, 0)))
        coming = [asyncio.create_task(_next(page)) for page in pages]
        await asyncio.sleep(0)
        await storage.transcripts.add(mine, HELLO, NOON)
        assert await asyncio.gather(*coming) == [1, 1]
        assert not other.done()
        other.cancel()
        await asyncio.gather(other, return_exceptions=True)
        for page in pages:
            await page.aclose()


async def test_pages_are_let_go_when_the_watch_ends(storage: Storage) -> None:
    watch = TranscriptWatch(storage.transcripts, seconds=3600)
    chat = await storage.transcripts.open("mine", NOON)
    async with _running(watch):
        coming = asyncio.create_task(_next(watch.changes(chat, 0)))
        await asyncio.sleep(0.01)
    with pytest.raises(StopAsyncIteration):
        await coming
    assert watch.pages == 0


class _Counting(Transcripts):
    """Counts how often the database is asked, and fails as often as a test says."""

    def __init__(self, inner: Transcripts) -> None:
        self._inner = inner
        self.asked: list[list[int]] = []
        self.failures = 0

    async def revisions(self, chats: object) -> dict[int, int]:
        self.asked.append(sorted(chats))  # type: ignore[call-overload]
        if self.failures:
            self.failures -= 1
            raise StorageError("the database is busy; try again")
        return dict(await self._inner.revisions(chats))  # type: ignore[arg-type]


async def test_one_query_asks_for_all_open_chats(storage: Storage, caplog: pytest.LogCaptureFixture) -> None:
    transcripts = _Counting(storage.transcripts)
    transcripts.failures = 1
    watch = TranscriptWatch(transcripts, seconds=0.01)
    chats = [await storage.transcripts.open(str(number), NOON) for number in range(20)]
    for chat in chats:
        await storage.transcripts.add(chat, HELLO, NOON)
    pages = [watch.changes(chat, 0) for chat in chats]
    coming = [asyncio.create_task(_next(page)) for page in pages]
    await asyncio.sleep(0)
    async with _running(watch):
        assert await asyncio.gather(*coming) == [1] * 20
    assert transcripts.asked[0] == chats
    assert len(transcripts.asked) <= 3
    assert "the database is busy" in caplog.text
    for page in pages:
        await page.aclose()
