import asyncio
import os
import signal

import pytest

from handlers.telegram.application import build_application
from handlers.telegram.errors import TelegramStartError
from handlers.telegram.introducing import introduce
from handlers.telegram.local.refusals import Refusal
from handlers.telegram.local.telegram import LocalTelegram
from handlers.telegram.running import serve
from tests.handlers.telegram.building import World


async def test_a_text_that_is_no_token_is_named() -> None:
    world = World(LocalTelegram())
    application = build_application("no token", world.services, request=world.telegram)
    with pytest.raises(TelegramStartError, match=r"is the token right\?"):
        await serve(application)


async def test_a_wrong_token_is_named_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    world = World(LocalTelegram(token="1:another"))  # noqa: S106
    with pytest.raises(TelegramStartError, match="TELEGRAM_BOT_TOKEN") as failure:
        await serve(world.application)
    assert "in-process" not in str(failure.value) + caplog.text
    assert "\n" not in str(failure.value)
    assert "Traceback" not in caplog.text


async def test_an_unreachable_server_is_named() -> None:
    world = World(LocalTelegram())
    world.telegram.refuse_next("getMe", *[Refusal(502, "Bad Gateway")] * 9)
    with pytest.raises(TelegramStartError, match=r"cannot be reached at api\.telegram\.org .*TELEGRAM_API_BASE_URL"):
        await serve(world.application, patience=1)


async def test_a_start_survives_a_short_outage_and_stops_when_told() -> None:
    world = World(LocalTelegram())
    world.telegram.refuse_next("getMe", Refusal(502, "Bad Gateway"))
    world.telegram.refuse_next("getUpdates", Refusal(409, "Conflict: terminated by other getUpdates request"))
    citizen = world.citizen()
    serving = asyncio.create_task(serve(world.application))
    await citizen.type("예산이 얼마예요?")
    await asyncio.wait_for(world.settled(), 8)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 8)
    assert len(citizen.screen()) == 2


async def test_the_introduction_is_in_both_languages_and_set_once(world: World) -> None:
    for _ in range(2):
        await introduce(world.application.bot)
    introduction = world.telegram.methods.introduction
    assert introduction["commands", ""][0] == {"command": "start", "description": "Introduction"}
    assert introduction["commands", "ko"][0] == {"command": "start", "description": "처음 안내"}
    assert "광주" in introduction["description", "ko"]
    assert len([method for method, _ in world.telegram.calls if method.startswith("setMy")]) == 6


async def test_an_introduction_that_is_refused_stops_nothing(world: World) -> None:
    world.telegram.refuse_next("setMyCommands", Refusal(400, "Bad Request: BOT_COMMAND_INVALID"))
    await introduce(world.application.bot)
    assert ("description", "") in world.telegram.methods.introduction
