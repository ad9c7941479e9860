import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from telegram import Bot

from handlers.telegram.outbox.sender import Sender
from tests.handlers.telegram.outbox.outbox import MemoryOutbox, is_final
from tests.handlers.telegram.outbox.telegram import TroubledTelegram
from tests.local_telegram.telegram import TOKEN


class Desk:
    """A sender at work, between an outbox and a Telegram."""

    def __init__(self, outbox: MemoryOutbox | None = None, telegram: TroubledTelegram | None = None) -> None:
        self.outbox = outbox or MemoryOutbox()
        self.telegram = telegram or TroubledTelegram()
        self.telegram.private(*range(1, 40))
        self.sender = Sender(Bot(TOKEN, request=self.telegram, get_updates_request=self.telegram), self.outbox)
        self.running: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.sender.numbers.caught_up.set()
        self.running = asyncio.create_task(self.sender.run())

    async def send(
        self, chat: int = 7, text: object = "안녕하세요", method: str = "sendMessage", **arguments: Any
    ) -> int:
        """Puts a message into the outbox and tells the sender."""
        number = await self.outbox.put(chat, method, text=text, **arguments)
        self.sender.wake()
        return number

    async def until(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - what is waited for is not ours to signal
                await asyncio.sleep(0.005)

    async def done(self, seconds: float = 60) -> None:
        """Waits until nothing is left in the outbox."""
        await self.until(lambda: all(is_final(row.end) for row in self.outbox.rows), seconds)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    desk.start()
    yield desk
    assert desk.running
    desk.running.cancel()
    await asyncio.wait([desk.running])
