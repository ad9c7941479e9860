import asyncio
import os
import signal

import pytest
from telegram import BotCommand

from bot.event_loop import until_told_to_stop
from handlers.telegram.bot import introduce
from handlers.telegram.errors import TelegramStartError
from handlers.telegram.lifecycle import running, serve
from handlers.telegram.updates.transaction import Router
from knowledge.errors import KnowledgeError
from tests.bot_api.refusals import Refusal
from tests.handlers.telegram.building import World, a_stopped_world, ready
from tests.local_telegram.citizen import Citizen

_PATIENCE = 60


async def test_a_text_that_is_no_token_is_named() -> None:
    async with a_stopped_world("no token") as world:
        with pytest.raises(TelegramStartError, match=r"is the token right\?"):
            await world.serve()


async def test_a_wrong_token_is_named_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    async with a_stopped_world("1:another-in-process") as world:
        with pytest.raises(TelegramStartError, match="TELEGRAM_BOT_TOKEN") as failure:
            await world.serve()
    assert "in-process" not in str(failure.value) + caplog.text
    assert "\n" not in str(failure.value)
    assert "Traceback" not in caplog.text


async def test_a_faulty_knowledge_base_ends_the_start() -> None:
    async def broken() -> Router:
        raise KnowledgeError("entries/money.yaml:4:5: it is broken")

    async with a_stopped_world() as world:
        with pytest.raises(KnowledgeError, match="it is broken"):
            await serve(world.door, world.door.polling.run, broken())


async def test_an_outage_at_the_start_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    async with a_stopped_world() as world:
        world.telegram.refuse_next("getMe", *[Refusal(502, "Bad Gateway")] * 2)
        world.telegram.refuse_next("getUpdates", Refusal(502, "Bad Gateway"))
        citizen = world.citizen()
        serving = asyncio.create_task(world.serve())
        await asyncio.wait_for(citizen.type("예산이 얼마예요?"), _PATIENCE)
        serving.cancel()
        await asyncio.wait([serving], timeout=_PATIENCE)
    assert len(citizen.screen()) == 2
    assert "cannot be reached at api.telegram.org" in caplog.text
    assert "in-process" not in caplog.text


async def test_a_second_poller_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    conflict = Refusal(409, "Conflict: terminated by other getUpdates request")
    async with a_stopped_world() as world:
        world.telegram.refuse_next("getUpdates", conflict, conflict)
        citizen = world.citizen()
        async with running(world.door, world.door.polling.run, ready(world.router)):
            await asyncio.wait_for(citizen.type("예산이 얼마예요?"), _PATIENCE)
    assert len(citizen.screen()) == 2
    assert caplog.text.count("Another program fetches this bot's updates") == 1


async def test_the_program_stops_when_it_is_told_to() -> None:
    async with a_stopped_world() as world:
        stopping = asyncio.create_task(until_told_to_stop(world.serve()))
        citizen = world.citizen()
        await citizen.type("예산이 얼마예요?")
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(stopping, _PATIENCE)
    assert len(citizen.screen()) == 2


async def test_what_comes_before_the_knowledge_is_stored_at_once_and_answered_when_it_is_loaded() -> None:
    loaded = asyncio.Event()

    async with a_stopped_world() as world:

        async def slow() -> Router:
            await loaded.wait()
            return world.router

        citizen = Citizen(world.telegram)
        async with running(world.door, world.door.polling.run, slow()):
            await citizen.type("예산이 얼마예요?")
            await world.telegram.all_confirmed()
            assert (await world.door.inbox.counts()).waiting == 1
            loaded.set()
            await world.settled()
    assert len(citizen.screen()) == 2


async def test_the_introduction_is_in_both_languages_and_set_once(world: World) -> None:
    for _ in range(2):
        await introduce(world.door.bot, world.router.dialogue.description)
    bot = world.door.bot
    assert (await bot.get_my_commands())[0] == BotCommand("start", "Introduction")
    assert (await bot.get_my_commands(language_code="ko"))[0] == BotCommand("start", "처음 안내")
    assert "등록된 자료" in (await bot.get_my_description("ko")).description
    assert len([method for method, _ in world.telegram.calls if method.startswith("setMy")]) == 6


async def test_an_introduction_that_is_refused_stops_nothing(world: World) -> None:
    world.telegram.refuse_next("setMyCommands", Refusal(400, "Bad Request: BOT_COMMAND_INVALID"))
    await introduce(world.door.bot, world.router.dialogue.description)
    assert (await world.door.bot.get_my_description()).description


async def test_what_waits_already_is_asked_for_at_once(world: World) -> None:
    async with asyncio.timeout(_PATIENCE):
        await world.door.sender.numbers.caught_up.wait()
