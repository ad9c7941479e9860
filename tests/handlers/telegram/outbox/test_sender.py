import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from telegram.error import BadRequest

from bot.delivery import Postponed, Sent
from handlers.telegram.outbox.call_delivery import LATE_SECONDS
from handlers.telegram.outbox.client import NotConnectedError
from handlers.telegram.outbox.sender import AHEAD, AT_ONCE
from tests.bot_api.refusals import too_many
from tests.handlers.telegram.outbox.conftest import Desk
from tests.handlers.telegram.outbox.outbox import now


async def test_sends_what_is_put_into_the_outbox(desk: Desk) -> None:
    number = await desk.send(7, "하나")
    await desk.done()
    assert desk.telegram.texts(7) == ["하나"]
    assert desk.outbox.end(number) == Sent(number, 1)
    assert desk.sender.counters.sent == 1


async def test_keeps_the_order_inside_a_chat(desk: Desk) -> None:
    for number in range(30):
        await desk.send(number % 3 + 1, str(number))
    await desk.done()
    assert desk.telegram.texts(1) == [str(number) for number in range(0, 30, 3)]
    assert desk.telegram.texts(3) == [str(number) for number in range(2, 30, 3)]


async def test_makes_sixteen_calls_at_once_and_no_more(desk: Desk) -> None:
    desk.telegram.latency = 0.05
    for number in range(1, 40):
        await desk.send(number)
    await desk.done()
    assert desk.telegram.most_under_way == AT_ONCE == 16


async def test_finds_what_is_due_without_being_told(desk: Desk) -> None:
    await asyncio.sleep(0.05)
    await desk.outbox.put(7, text="조용히")
    await desk.done()
    assert desk.telegram.texts(7) == ["조용히"]


async def test_waits_as_long_as_telegram_asks_while_other_chats_go_on(desk: Desk) -> None:
    desk.telegram.refuse_next("sendMessage", too_many(1))
    begun = now()
    first, second = await desk.send(1), await desk.send(2)
    await desk.until(lambda: isinstance(desk.outbox.end(first), Postponed))
    end = desk.outbox.end(first)
    assert isinstance(end, Postponed)
    assert begun + timedelta(seconds=1) <= end.until <= now() + timedelta(seconds=1)
    await desk.until(lambda: desk.outbox.end(second) == Sent(second, 1))
    assert desk.telegram.texts(1) == []
    await desk.done()
    assert desk.telegram.texts(1) == ["안녕하세요"]
    assert (desk.sender.counters.refused, desk.sender.counters.retried) == (1, 1)


async def test_tries_again_when_telegram_cannot_be_reached(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].extend(["500", "500"])
    number = await desk.send()
    await desk.done()
    assert desk.outbox.row(number).call.attempts == 3
    assert len(desk.telegram.texts(7)) == 1


async def test_tries_again_when_there_was_no_connection(desk: Desk) -> None:
    desk.telegram.faults["sendMessage"].append(NotConnectedError("aiohttp.ClientConnectorError"))
    await desk.send()
    await desk.done()
    assert desk.sender.counters.doubtful == 0
    assert len(desk.telegram.texts(7)) == 1


async def test_pauses_longer_after_each_failure(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.api_errors._FIRST_PAUSE", 0.1)
    desk.telegram.faults["sendMessage"].extend(["500"] * 3)
    await desk.send()
    await desk.done()
    first, second, third = _gaps(desk)
    assert first >= 0.1
    assert second >= 0.2
    assert third >= 0.4


async def test_loses_no_end_while_the_outbox_is_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.sender._LONGEST_PAUSE", 0.1)
    desk.telegram.latency = 0.1
    numbers = [await desk.send(chat) for chat in (1, 2, 3)]
    await desk.until(lambda: desk.telegram.under_way == 3)
    desk.outbox.broken = 5
    await desk.until(lambda: desk.outbox.broken == 0)
    await desk.done()
    assert all(isinstance(desk.outbox.end(number), Sent) for number in numbers)
    assert desk.telegram.asked["sendMessage"] == 3


async def test_begins_when_the_outbox_was_away_at_the_start() -> None:
    desk = Desk()
    desk.outbox.broken = 2
    desk.start()
    await desk.send()
    await desk.done()
    await desk.sender.drain(5)
    assert desk.running
    assert desk.running.done()


async def test_a_defect_delays_one_call_and_stops_nothing(desk: Desk) -> None:
    first = await desk.outbox.put(1, text=object())  # cannot be written as JSON
    await desk.send(2)
    await desk.until(lambda: isinstance(desk.outbox.end(first), Postponed))
    await desk.until(lambda: desk.telegram.texts(2) == ["안녕하세요"])


async def test_draining_sends_what_is_due_and_ends(desk: Desk) -> None:
    desk.telegram.latency = 0.02
    for chat in range(1, 40):
        await desk.send(chat)
    await desk.sender.drain(10)
    assert all(isinstance(row.end, Sent) for row in desk.outbox.rows)
    assert desk.running
    assert desk.running.done()


async def test_draining_leaves_what_takes_too_long_as_begun(desk: Desk) -> None:
    desk.telegram.latency = 60
    number = await desk.send()
    await desk.until(lambda: desk.telegram.under_way == 1)
    await desk.sender.drain(0.2)
    assert desk.outbox.row(number).state == "sending"
    assert desk.outbox.end(number) is None
    assert desk.outbox.row(number).due <= now() + timedelta(seconds=LATE_SECONDS), "its lease ends with the process"


async def test_what_was_claimed_and_never_begun_is_given_back(desk: Desk) -> None:
    desk.telegram.latency = 60
    for chat in range(1, 40):
        await desk.send(chat)
    await desk.until(lambda: sum(row.state == "sending" for row in desk.outbox.rows) == AT_ONCE + AHEAD)
    await desk.sender.drain(0.2)
    assert sum(row.state == "sending" for row in desk.outbox.rows) == AT_ONCE
    assert sum(isinstance(row.end, Postponed) for row in desk.outbox.rows) == AHEAD
    assert desk.telegram.asked["sendMessage"] == AT_ONCE


async def test_what_stands_ready_for_long_is_given_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.sender._READY_SECONDS", 0.1)
    desk.telegram.latency = 1
    for chat in range(1, 40):
        await desk.send(chat)
    await desk.until(lambda: any(isinstance(row.end, Postponed) for row in desk.outbox.rows))
    await desk.done()
    assert desk.telegram.asked["sendMessage"] == 39
    assert desk.telegram.most_under_way == AT_ONCE


async def test_draining_does_not_wait_for_what_is_put_off(desk: Desk) -> None:
    desk.telegram.refuse_next("sendMessage", too_many(30))
    number = await desk.send()
    await desk.until(lambda: isinstance(desk.outbox.end(number), Postponed))
    async with asyncio.timeout(60):
        await desk.sender.drain(9)


async def test_draining_before_the_start_does_nothing() -> None:
    await Desk().sender.drain(1)


async def test_a_cancelled_sender_writes_down_what_is_done(desk: Desk) -> None:
    number = await desk.send()
    await desk.until(lambda: len(desk.telegram.texts(7)) == 1)
    assert desk.running
    desk.running.cancel()
    await asyncio.wait([desk.running])
    assert desk.outbox.end(number) == Sent(number, 1)


async def test_a_text_that_no_encoding_holds_is_given_up() -> None:
    desk = Desk()
    desk.start()
    desk.telegram.faults["sendMessage"].append(BadRequest("Bad Request: strings must be encoded in UTF-8"))
    await desk.send()
    await desk.done()
    assert desk.sender.counters.closed == {"refused": 1}
    await desk.sender.drain(5)


async def test_an_outage_is_met_with_few_calls(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.gateway._FIRST_PAUSE", 0.3)
    desk.telegram.down = True
    for chat in range(1, 31):
        await desk.send(chat)
    await desk.until(lambda: desk.sender._gateway.circuit.is_open and desk.telegram.under_way == 0)
    before, opened = len(desk.telegram.asked_at), asyncio.get_running_loop().time()
    desk.telegram.most_under_way = 0
    await desk.until(lambda: asyncio.get_running_loop().time() > opened + 1.5)
    tries = [at for at in desk.telegram.asked_at[before:] if at <= opened + 1.5]
    assert 1 <= len(tries) <= 5, tries  # after 0.3, 0.6, 1 and 1.5 seconds
    assert desk.telegram.most_under_way == 1
    desk.telegram.down = False
    await desk.done()
    assert sum(len(desk.telegram.texts(chat)) for chat in range(1, 31)) == 30


async def test_after_a_long_outage_no_call_has_to_wait_for_long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.gateway._FIRST_PAUSE", 0.01)
    monkeypatch.setattr("handlers.telegram.outbox.gateway._LONGEST_PAUSE", 0.01)
    monkeypatch.setattr("handlers.telegram.outbox.api_errors._FIRST_PAUSE", 0.001)
    desk.telegram.faults["sendChatAction"].extend(["500"] * 1000)
    for chat in (1, 2):
        await desk.send(chat, method="sendChatAction")
    await desk.until(lambda: any(row.call.attempts == 8 and row.state == "waiting" for row in desk.outbox.rows))
    pauses = [row.end.until - now() for row in desk.outbox.rows if isinstance(row.end, Postponed)]
    assert max(pauses) < timedelta(seconds=0.1), "of a call that fails alone the eighth pause is at least 0.128"


async def test_calls_that_hang_give_their_places_to_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.sender._SLOW_SECONDS", 0.2)
    desk.telegram.latency = 60
    for chat in range(1, AT_ONCE + 1):
        await desk.send(chat)
    await desk.until(lambda: desk.telegram.under_way == AT_ONCE)
    desk.telegram.latency = 0
    number = await desk.send(30)
    await desk.until(lambda: isinstance(desk.outbox.end(number), Sent))


def _gaps(desk: Desk) -> list[float]:
    times = desk.telegram.sends_at
    return [later - earlier for earlier, later in pairwise(times)]
