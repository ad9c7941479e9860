"""Where several processes share an outbox, one that cannot reach Telegram leaves the calls to the others."""

from collections.abc import AsyncIterator

import pytest

from bot.delivery import Postponed, Unknown
from tests.handlers.telegram.outbox.conftest import Desk
from tests.handlers.telegram.outbox.outbox import MemoryOutbox


@pytest.fixture
async def away() -> AsyncIterator[Desk]:
    """A process that cannot reach Telegram, with thirty calls in the shared outbox."""
    outbox = MemoryOutbox()
    outbox.is_shared = True
    desk = Desk(outbox)
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


async def test_it_risks_no_call_before_telegram_can_be_reached(away: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.telegram.outbox.gateway._LONGEST_PAUSE", 0.3)
    made = away.telegram.asked["sendMessage"]
    await away.until(lambda: away.telegram.asked["getMe"] >= 3)
    assert away.telegram.asked["sendMessage"] == made
    away.telegram.down = False
    await away.done()
    assert all(len(away.telegram.texts(chat)) == 1 for chat in range(1, 31))
