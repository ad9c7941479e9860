"""The sender between a database on the disk and a Bot API server, over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Bot

from bot.delivery import OutgoingCall
from bot.storage.outbox import KeptOutbox
from bot.storage.storage import Storage
from handlers.telegram.outbox.client import AiohttpRequest
from handlers.telegram.outbox.sender import Sender
from tests.bot_api.faults import Fault
from tests.bot_api.server import served
from tests.bot_api.service import TOKEN, BotApi


@dataclass
class Post:
    """The outbox, who empties it, and where the messages arrive."""

    outbox: KeptOutbox
    api: BotApi
    sender: Sender

    async def put(self, count: int, chats: int) -> None:
        """Puts so many messages into the outbox, to so many chats in turn."""
        calls = [_message(number, number % chats + 1) for number in range(count)]
        for chat in range(1, chats + 1):
            self.api.chats.open(chat)
        await self.outbox.add(calls, datetime.now(UTC))
        self.sender.wake()

    async def emptied(self, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while (await self.outbox.counts()).waiting:  # noqa: ASYNC110 - the database has no event to wait for
                await asyncio.sleep(0.05)

    @property
    def arrived(self) -> list[int]:
        """The numbers of the messages that citizens see."""
        return sorted(int(call.text) for call in self.api.calls if call.sends)


def _message(number: int, chat: int) -> OutgoingCall:
    keyboard = {"inline_keyboard": [[{"text": "네", "callback_data": str(number)}]]} if number % 2 else None
    markup = {"reply_markup": keyboard} if keyboard else {}
    return OutgoingCall(chat, "sendMessage", {"chat_id": chat, "text": str(number), **markup})


@asynccontextmanager
async def a_post(path: Path, api: BotApi) -> AsyncIterator[Post]:
    async with Storage.open(f"sqlite+aiosqlite:///{path}/assistant.db") as storage, served(api) as address:
        request = AiohttpRequest()
        bot = Bot(TOKEN, f"{address}/bot", request=request, get_updates_request=request)
        outbox = storage.outbox("telegram")
        async with request:
            post = Post(outbox, api, Sender(bot, outbox))
            post.sender.numbers.caught_up.set()
            running = asyncio.create_task(post.sender.run())
            try:
                yield post
            finally:
                running.cancel()
                await asyncio.wait([running])


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with a_post(tmp_path, BotApi(seed=1)) as post:
        yield post


async def test_everything_arrives_once_and_in_order(post: Post) -> None:
    await post.put(300, 50)
    await post.emptied()
    assert post.arrived == list(range(300))
    for chat in range(1, 51):
        numbers = [int(call.text) for call in post.api.calls if call.sends and call.chat == chat]
        assert numbers == sorted(numbers)


FAULTS: dict[str, Sequence[Fault]] = {
    "too many": [Fault("429", "sendMessage", share=0.1, retry_after=1, most_retry_after=2)],
    "not made": [Fault(kind, "sendMessage", share=0.06) for kind in ("500", "502", "503", "reset")],
    "answer lost": [Fault(kind, "sendMessage", share=0.03, after_effect=True) for kind in ("reset", "garbage", "502")],
    "both": [
        Fault("reset", "*", share=0.05, after_effect=True),
        Fault("reset", "*", share=0.05),
        Fault("429", "*", share=0.05),
    ],
}


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS.keys())
async def test_everything_arrives_once_through(post: Post, faults: Sequence[Fault]) -> None:
    post.api.settings.latency = 0.02
    post.api.faults.add(Fault(**{name: getattr(fault, name) for name in fault.__slots__}) for fault in faults)
    await post.put(150, 30)
    await post.emptied()
    assert post.arrived == list(range(150))
    assert post.api.faults.fired() > 5


async def test_everything_arrives_once_after_a_server_that_was_away(post: Post) -> None:
    post.api.faults.add([Fault("reset", "*", seconds=3)])
    await post.put(40, 20)
    await post.emptied()
    assert post.arrived == list(range(40))
    began = post.api.calls[0].begun
    assert sum(call.begun < began + 3 for call in post.api.calls) <= 30


async def test_under_telegrams_limits_few_calls_are_refused(post: Post) -> None:
    post.api.settings.flood = True
    await post.put(150, 50)
    await post.emptied()
    assert post.arrived == list(range(150))
    assert sum(call.error == 429 for call in post.api.calls) <= 12


async def test_nothing_is_lost_or_doubled_when_the_sender_is_stopped_in_the_middle(tmp_path: Path) -> None:
    api = BotApi(seed=2)
    api.settings.latency = 0.05
    async with a_post(tmp_path, api) as post:
        await post.put(200, 100)
    for moment in (0.1, 0.3, 0.2):
        async with a_post(tmp_path, api):
            await asyncio.sleep(moment)
    async with a_post(tmp_path, api) as post:
        await post.emptied()
        assert post.arrived == list(range(200))
