"""Every update is handled exactly once, while handlers fail, are cancelled and lose their database at random."""

import asyncio
import random
from contextlib import suppress
from itertools import count

import pytest

from bot.delivery import Inbox, WaitingUpdate
from bot.errors import StorageError
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question
from tests.bot.storage.delivering import a_call, an_update, in_seconds
from tests.postgresql import PostgreSQLServer

_UPDATES = 80
_CHATS = 7


class _Chaos:
    """Handles updates with eight workers, whose leases end while they are at work."""

    def __init__(self, storage: Storage, seed: int) -> None:
        self._storage = storage
        self._inbox = storage.inbox("telegram")
        self._outbox = storage.outbox("telegram")
        self._seconds = count()
        self._chosen = random.Random(seed)  # noqa: S311  # what goes wrong when, not a secret

    async def run(self) -> None:
        updates = [an_update(str(number), number % _CHATS) for number in range(_UPDATES)]
        await self._inbox.add(updates, NOON)
        async with asyncio.timeout(120):
            await asyncio.gather(*(self._work() for _ in range(8)))

    async def _work(self) -> None:
        inbox = self._storage.inbox("telegram")
        while True:
            try:
                heads = await inbox.claim(5, in_seconds(next(self._seconds)))
                if not heads and not (await inbox.counts()).waiting:
                    return
            except StorageError:
                await asyncio.sleep(0.05)
                continue
            if not heads:
                continue
            handling = asyncio.create_task(self._handle(inbox, self._chosen.choice(heads)))
            if self._chosen.random() < 0.3:
                await asyncio.sleep(self._chosen.random() / 100)
                handling.cancel()
            with suppress(StorageError, ValueError, asyncio.CancelledError):
                await handling

    async def _handle(self, inbox: Inbox, waiting: WaitingUpdate) -> None:
        async with self._storage.unit():
            with suppress(TimeoutError):
                async with asyncio.timeout(self._chosen.random() / 50):
                    await self._storage.conversations.remember(str(waiting.chat), "words", in_seconds(9))
            await self._storage.questions.record(a_question(str(waiting.number), str(waiting.number)))
            await self._outbox.add([a_call(str(waiting.number), waiting.chat)], NOON)
            if self._chosen.random() < 0.1:
                raise ValueError
            await inbox.finish(waiting.number)

    async def require_each_once(self) -> None:
        questions = [question.text for question in await self._storage.questions.listed()]
        assert len(questions) == len(set(questions)) == _UPDATES
        assert (await self._outbox.counts()).waiting == _UPDATES
        assert (await self._inbox.counts()).waiting == 0


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak)])
async def test_failures_and_cancellations_at_random(storage: Storage, seed: int) -> None:
    chaos = _Chaos(storage, seed)
    await chaos.run()
    await chaos.require_each_once()


@pytest.mark.parametrize("pauses", [(0.1, 0.3), pytest.param((0.1, 0.2, 0.3, 0.4), marks=pytest.mark.soak)])
async def test_server_that_is_restarted_again_and_again(
    postgresql: PostgreSQLServer, postgresql_url: str, pauses: tuple[float, ...]
) -> None:
    async def restart() -> None:
        for pause in pauses:
            await asyncio.sleep(pause)
            await asyncio.to_thread(postgresql.restart)

    async with Storage.open(postgresql_url, busy_timeout=2) as storage:
        chaos = _Chaos(storage, 3)
        await asyncio.gather(chaos.run(), restart())
        await chaos.require_each_once()
