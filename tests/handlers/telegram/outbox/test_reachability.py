"""A process that cannot reach Telegram risks no calls, and leaves them to others that share its outbox."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.delivery import Postponed, Unknown
from tests.handlers.telegram.outbox.conftest import Desk


@pytest.fixture
async def away() -> AsyncIterator[Desk]:
    """A process that cannot reach Telegram, with thirty calls in the shared outbox."""
    desk = Desk()
    desk.telegram.down = True
    desk.start()
    for chat in range(1, 31):
        await desk.send(chat)
    await desk.until(lambda: desk.sender._gateway.circuit.is_open and desk.telegram.under_way == 0)
    yield desk
    await desk.sender.drain(5)


async def test_what_it_cannot_find_out_is_left_to_others(away: Desk) -> None:
    await away.until(
        lambda: all(row.end is None or isinstance(row.end, Postponed | Unknown) for row in away.outbox.rows)
    )
    await away.until(lambda: sum(isinstance(row.end, Unknown) for row in away.outbox.rows) > 0)
    other = Desk(away.outbox)
    other.start()
    await other.done()
    assert all(len(other.telegram.texts(chat)) == 1 for chat in range(1, 31))
    await other.sender.drain(5)


async def test_a_failure_in_a_single_chat_is_enough_where_telegram_cannot_be_reached(desk: Desk) -> None:
    desk.telegram.down = True
    await desk.send(7)
    await desk.until(lambda: desk.sender._gateway.circuit.is_open)
    desk.telegram.down = False
    await desk.done()


async def test_while_telegram_is_silent_few_calls_are_risked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.sender._SLOW_SECONDS", 0.1)
    monkeypatch.setattr("handlers.telegram.outbox.gateway._SECONDS", 0.1)
    desk.telegram.latency = 10_000
    await desk.send(1)
    await desk.until(lambda: desk.sender._gateway.circuit.is_open)
    await desk.send(2)
    await desk.until(lambda: desk.telegram.asked["getMe"] >= 2)
    assert desk.telegram.asked["sendMessage"] == 1


@pytest.mark.parametrize("chats", [1, 39])
async def test_while_telegram_is_slow_every_call_is_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, chats: int
) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.sender._SLOW_SECONDS", 0.1)
    monkeypatch.setattr("handlers.telegram.outbox.gateway._SECONDS", 0.1)
    desk.telegram.latency = 0.4
    for chat in range(1, chats + 1):
        await desk.send(chat)
    await desk.done()
    assert all(len(desk.telegram.texts(chat)) == 1 for chat in range(1, chats + 1))


async def test_an_answer_that_comes_late_ends_the_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.gateway._SECONDS", 0.1)
    desk.telegram.latency = 0.4
    desk.sender._gateway.circuit.open(asyncio.get_running_loop().time())
    await desk.send(7)
    await desk.done()
    assert not desk.sender._gateway.circuit.is_open


async def test_what_is_answered_meanwhile_says_that_telegram_is_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.gateway._SECONDS", 0.1)
    circuit = desk.sender._gateway.circuit
    desk.telegram.latency = 10_000
    circuit.is_suspected = True
    await desk.until(lambda: desk.telegram.asked["getMe"] == 1)
    circuit.answered()
    circuit.is_suspected = True
    await desk.until(lambda: desk.telegram.asked["getMe"] == 2)  # asked when the first had had its time
    circuit_was_open = circuit.is_open
    await desk.until(lambda: circuit.is_open)
    assert not circuit_was_open


async def test_a_failure_of_a_single_chat_holds_up_no_others(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append("500")
    await desk.send(7)
    await desk.until(lambda: desk.telegram.asked["getMe"] == 1)
    await desk.done()
    assert not desk.sender._gateway.circuit.is_open
    assert desk.telegram.asked["getMe"] == 1


async def test_once_telegram_has_answered_somebody_no_call_waits_any_longer(away: Desk) -> None:
    circuit = away.sender._gateway.circuit
    circuit.began(1, asyncio.get_running_loop().time())  # nothing else is tried for as long as a call may take
    away.telegram.down = False
    away.sender.telegram_answers()
    await away.until(lambda: not circuit.is_open, 5)
    await away.done()


async def test_it_risks_no_call_before_telegram_can_be_reached(away: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.gateway._LONGEST_PAUSE", 0.3)
    made = away.telegram.asked["sendMessage"]
    await away.until(lambda: away.telegram.asked["getMe"] >= 3)
    assert away.telegram.asked["sendMessage"] == made
    away.telegram.down = False
    await away.done()
    assert all(len(away.telegram.texts(chat)) == 1 for chat in range(1, 31))
