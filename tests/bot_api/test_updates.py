"""Updates are kept until they are confirmed, for one poller at a time, and not for ever."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.bot_api.arguments import Arguments
from tests.bot_api.chats import BOT
from tests.bot_api.client import bot_api
from tests.bot_api.refusals import Refusal
from tests.bot_api.service import BotApi
from tests.bot_api.webhooks import SECRET_HEADER


async def _poll(api: BotApi, **arguments: int) -> list[str]:
    given = Arguments({name: str(value) for name, value in arguments.items()})
    return [update["message"]["text"] for update in await api.call("getUpdates", given)]


async def test_what_is_not_confirmed_comes_again(api: BotApi) -> None:
    first = api.citizens.say(7, "하나")
    api.citizens.say(7, "둘")
    assert await _poll(api) == ["하나", "둘"]
    assert await _poll(api, offset=first.update + 1) == ["둘"]
    assert await _poll(api, offset=first.update + 2) == []
    assert len(api.updates.waiting) == 0


async def test_poll_ends_when_something_comes(api: BotApi) -> None:
    polling = asyncio.ensure_future(_poll(api, timeout=50))
    await asyncio.sleep(0)
    api.citizens.say(7, "하나")
    assert await asyncio.wait_for(polling, 45) == ["하나"]


async def test_second_poller_ends_the_first(api: BotApi) -> None:
    first = asyncio.ensure_future(_poll(api, timeout=50))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(_poll(api, timeout=50))
    with pytest.raises(Refusal, match="terminated by other getUpdates"):
        await asyncio.wait_for(first, 45)
    second.cancel()


async def test_presses_expire_long_before_messages(api: BotApi) -> None:
    api.settings.update_age_scale = 0.0001
    api.chats.add(api.chats.open(7), BOT, {})
    api.citizens.press(7, data="x", message=1)
    api.citizens.say(7, "하나")
    await asyncio.sleep(0.05)
    assert await _poll(api) == ["하나"]
    assert api.updates.expired == 1


async def test_ids_that_restart_lower_are_delivered_and_confirmed(api: BotApi) -> None:
    old = api.citizens.say(7, "하나")
    await _poll(api, offset=old.update + 1)
    api.updates.restart_ids(5)
    new = api.citizens.say(7, "둘")
    assert new.update < old.update
    assert await _poll(api, offset=old.update + 1) == ["둘"]
    assert await _poll(api, offset=new.update + 1) == []


async def test_confirmed_updates_can_come_again(api: BotApi) -> None:
    api.settings.strict_polling = False
    said = api.citizens.say(7, "하나")
    await _poll(api)
    await _poll(api, offset=said.update + 1)
    api.updates.redeliver(last=1, times=2)
    assert await _poll(api, offset=said.update + 1) == ["하나", "하나"]


Delivered = asyncio.Queue[tuple[str, str]]


@pytest.fixture
async def webhook(api: BotApi) -> AsyncIterator[Delivered]:
    """What a webhook got, with the secret: it refuses each text the first time."""
    got: Delivered = asyncio.Queue()
    refused: set[str] = set()

    async def take(request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        got.put_nowait((text, request.headers[SECRET_HEADER]))
        status = 200 if text in refused else 500
        refused.add(text)
        return web.Response(status=status)

    server = web.Application()
    server.router.add_post("/hook", take)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await api.call("setWebhook", Arguments({"url": address, "secret_token": "s"}))
    yield got
    await api.webhook.close()
    await runner.cleanup()


async def test_webhook_gets_updates_in_order_until_it_takes_them(api: BotApi, webhook: Delivered) -> None:
    api.citizens.say(7, "하나")
    api.citizens.say(7, "둘")
    async with asyncio.timeout(60):
        got = [await webhook.get() for _ in range(4)]
    assert got == [("하나", "s"), ("하나", "s"), ("둘", "s"), ("둘", "s")]


async def test_polling_beside_a_webhook_is_refused(api: BotApi, webhook: Delivered) -> None:
    assert webhook.empty()
    with pytest.raises(Refusal, match="while webhook is active"):
        await _poll(api)


async def test_server_of_its_own_process_is_commanded_from_a_test() -> None:
    async with bot_api(latency=0.01) as remote:
        said = await remote.say(7, "하나")
        assert said.message == 1
        assert (await remote.tell("counts"))["waiting"] == 1
        with pytest.raises(ValueError, match="there is no command"):
            await remote.tell("unknown")
