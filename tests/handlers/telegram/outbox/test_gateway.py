import asyncio
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, TelegramError, TimedOut

from handlers.telegram.outbox.gateway import call
from tests.handlers.telegram.outbox.telegram import TroubledTelegram
from tests.local_telegram.telegram import TOKEN


class Answering(TroubledTelegram):
    """Answers with what it is given."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        await asyncio.sleep(self.latency)
        return 200, self.body


def bot_at(telegram: TroubledTelegram) -> Bot:
    return Bot(TOKEN, request=telegram, get_updates_request=telegram)


async def test_gives_the_result_as_telegram_wrote_it() -> None:
    telegram = TroubledTelegram()
    telegram.private(7)
    result = await call(bot_at(telegram), "sendMessage", {"chat_id": 7, "text": "안녕"})
    assert result["message_id"] == 1
    assert result["text"] == "안녕"
    assert telegram.calls == [("sendMessage", {"chat_id": "7", "text": "안녕"})]


async def test_raises_what_telegram_refuses() -> None:
    with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
        await call(bot_at(TroubledTelegram()), "sendMessage", {"chat_id": 7, "text": "안녕"})


async def test_gives_up_after_some_time_over_all() -> None:
    telegram = TroubledTelegram()
    telegram.latency = 60
    with pytest.raises(TimedOut):
        await call(bot_at(telegram), "sendMessage", {"chat_id": 7}, seconds=0.05)


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'"text"', b'{"ok": true}'])
async def test_an_answer_that_is_none_is_an_error(body: bytes) -> None:
    with pytest.raises(TelegramError, match="Invalid server response"):
        await call(bot_at(Answering(body)), "sendMessage", {"chat_id": 7})
