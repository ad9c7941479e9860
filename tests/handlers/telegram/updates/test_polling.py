"""How updates are fetched again after Telegram was away."""

from collections.abc import AsyncIterator

import pytest
from telegram.error import Conflict, NetworkError

from handlers.telegram.lifecycle import running
from handlers.telegram.updates.polling import Polling
from tests.bot.storage.delivering import until
from tests.bot_api.refusals import Refusal
from tests.handlers.telegram.building import World, a_stopped_world, ready
from tests.handlers.telegram.outbox.telegram import TroubledTelegram


@pytest.fixture
async def cut_off(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[World, TroubledTelegram]]:
    """An assistant that cannot reach Telegram, and tries to all the time."""
    monkeypatch.setattr("handlers.telegram.updates.polling._FIRST_PAUSE", 0.01)
    monkeypatch.setattr("handlers.telegram.updates.polling._LONGEST_PAUSE", 0.01)
    async with a_stopped_world() as world:
        world.telegram = telegram = TroubledTelegram()
        world.__post_init__()
        async with running(world.door, world.door.polling.run, ready(world.router)):
            await world.settled()
            telegram.down = True
            telegram.api.polling.end_waiting()

            async def tries() -> bool:
                return telegram.asked["getMe"] >= 5

            await until(tries)
            yield world, telegram
            telegram.down = False


async def test_while_telegram_is_away_it_is_asked_a_short_question_and_no_long_one(
    cut_off: tuple[World, TroubledTelegram],
) -> None:
    _, telegram = cut_off
    polls, asked = telegram.asked["getUpdates"], telegram.asked["getMe"]

    async def goes_on() -> bool:
        return telegram.asked["getMe"] >= asked + 3

    await until(goes_on)
    assert telegram.asked["getUpdates"] == polls


async def test_once_it_is_back_the_calls_need_not_wait_for_the_next_try(
    cut_off: tuple[World, TroubledTelegram], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.gateway.CALL_SECONDS", 10_000)
    world, telegram = cut_off
    circuit = world.door.sender._gateway.circuit
    for number in range(5):
        circuit.failed(number, 0.0)
    circuit.began(1, world.door.sender._gateway.time())
    telegram.down = False
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    assert len(citizen.screen()) == 2


def test_however_long_it_was_away_the_next_try_is_soon(world: World) -> None:
    polling = Polling(world.door.bot, world.door.intake, world.door.sender.telegram_answers)
    assert polling._pause_after(NetworkError("reset"), 100) <= 2
    assert polling._pause_after(Conflict("terminated by other getUpdates request"), 100) == 10


_WEBHOOK = Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")


@pytest.fixture
async def counting() -> AsyncIterator[tuple[World, TroubledTelegram]]:
    """An assistant that is about to start, and what it asks Telegram for."""
    async with a_stopped_world() as world:
        world.telegram = telegram = TroubledTelegram()
        world.__post_init__()
        yield world, telegram


async def test_webhook_from_before_the_start_is_ended(counting: tuple[World, TroubledTelegram]) -> None:
    world, telegram = counting
    telegram.refuse_next("getUpdates", _WEBHOOK)
    citizen = world.citizen()
    async with running(world.door, world.door.polling.run, ready(world.router)):
        await citizen.type("예산이 얼마예요?")
    assert telegram.asked["deleteWebhook"] == 1
    assert len(citizen.screen()) == 2


async def test_webhook_that_is_set_meanwhile_is_left_to_who_set_it(
    counting: tuple[World, TroubledTelegram], caplog: pytest.LogCaptureFixture
) -> None:
    world, telegram = counting
    citizen = world.citizen()
    async with running(world.door, world.door.polling.run, ready(world.router)):
        await citizen.type("예산이 얼마예요?")
        telegram.refuse_next("getUpdates", _WEBHOOK)
        telegram.api.polling.end_waiting()
        await citizen.type("언제까지 해요?")
    assert telegram.asked["deleteWebhook"] == 0
    assert "Another program fetches this bot's updates" in caplog.text
    assert len(citizen.screen()) == 4
