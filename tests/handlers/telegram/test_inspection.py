"""What the doctor finds at Telegram, by asking it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.diagnosis import Diagnosis, Sign
from bot.wording.doctor import doctor_sentences
from handlers.telegram.bot import build_bot
from handlers.telegram.inspection import inspect
from tests.bot_api.server import served
from tests.bot_api.service import TOKEN, BotApi

GROUP = -1001


@asynccontextmanager
async def _found(
    api: BotApi, group: int | None = None, webhook: str | None = None, token: str = TOKEN
) -> AsyncIterator[dict[str, Diagnosis]]:
    async with served(api) as address:
        found = await inspect(build_bot(token, f"{address}/bot"), group, webhook)
        yield {each.sign.part: each for each in found}


async def test_all_is_well_with_a_token_alone() -> None:
    async with _found(BotApi()) as found:
        assert [each.sign for each in found.values()] == [Sign.BOT, Sign.NO_GROUP, Sign.POLLING, Sign.CLOCK]
        assert found["telegram"].values == {"name": "ai_hub_city_bot"}


async def test_a_wrong_token_is_said_without_the_token() -> None:
    async with _found(BotApi(), token="2:" + "b" * 35) as found:
        assert found["telegram"].sign is Sign.TOKEN_REFUSED
        assert "bbb" not in doctor_sentences("ko").line(found["telegram"])


async def test_a_group_that_the_bot_is_in() -> None:
    api = BotApi()
    api.chats.open(GROUP).title = "담당자"
    async with _found(api, GROUP) as found:
        assert (found["group"].sign, found["group"].values) == (Sign.GROUP, {"title": "담당자"})


@pytest.mark.parametrize("state", ["kicked", "not_found"])
async def test_a_group_that_the_bot_is_not_in(state: str) -> None:
    api = BotApi()
    api.chats.open(GROUP).state = state
    async with _found(api, GROUP) as found:
        assert found["group"].sign is Sign.NOT_IN_GROUP


async def test_a_group_with_topics_that_the_bot_may_not_make() -> None:
    api = BotApi()
    chat = api.chats.open(GROUP)
    chat.is_forum, chat.members[1] = True, "member"
    async with _found(api, GROUP) as found:
        assert found["group"].sign is Sign.NO_TOPIC_RIGHT


async def test_updates_that_go_elsewhere() -> None:
    api = BotApi()
    await api.webhook.set("http://127.0.0.1:9/other", "")
    async with _found(api, webhook="https://example.org/telegram/webhook") as found:
        assert found["webhook"].sign is Sign.WEBHOOK_ELSEWHERE
        assert found["webhook"].values["address"] == "http://127.0.0.1:9/other"


async def test_updates_that_come_by_the_webhook() -> None:
    api = BotApi()
    await api.webhook.set("http://127.0.0.1:9/telegram/webhook", "")
    async with _found(api, webhook="http://127.0.0.1:9/telegram/webhook") as found:
        assert found["webhook"].sign is Sign.WEBHOOK
