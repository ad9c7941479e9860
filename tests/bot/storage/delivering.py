"""What the tests of the inbox and the outbox are built from."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta

from bot.delivery import CallEnd, ClaimedCall, Inbox, Outbox, OutgoingCall, ReceivedUpdate, WaitingUpdate
from tests.bot.storage.building import NOON

PATIENCE = 60.0
_PAUSE = 0.02


def an_update(key: str, chat: int = 1, body: str | None = None) -> ReceivedUpdate:
    """An update whose body says its key, unless another is given."""
    return ReceivedUpdate(key, chat, body or f'{{"key":"{key}"}}')


def a_call(text: str = "words", chat: int = 1, reference: str | None = None) -> OutgoingCall:
    """A message that is to be sent."""
    return OutgoingCall(chat, "sendMessage", {"chat_id": chat, "text": text}, plain=text, reference=reference)


def in_seconds(seconds: float) -> datetime:
    """A moment after noon."""
    return NOON + timedelta(seconds=seconds)


async def claimable(inbox: Inbox, limit: int = 100, without: Collection[int] = ()) -> list[WaitingUpdate]:
    """What can be handled now, claimed; what was claimed before is handed back first."""
    await inbox.release()
    return await inbox.claim(limit, NOON, without)


async def bodies(inbox: Inbox, limit: int = 100, without: Collection[int] = ()) -> list[str]:
    """The bodies of what can be handled now."""
    return [update.body for update in await claimable(inbox, limit, without)]


async def added(outbox: Outbox, calls: Sequence[OutgoingCall], now: datetime = NOON) -> list[int]:
    """The numbers under which the calls are kept."""
    numbers: list[int] = []
    await outbox.add(calls, now, kept=numbers.extend)
    return numbers


async def claimed(
    outbox: Outbox, now: datetime = NOON, *ends: CallEnd, limit: int = 100, newest: int = 0
) -> list[ClaimedCall]:
    """What is claimed once the ends are written down."""
    return await outbox.turn_over(ends, now, limit=limit, newest=newest)


def texts(calls: list[ClaimedCall]) -> list[str]:
    """The texts of messages."""
    return [call.arguments["text"] for call in calls]


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Returns when the condition holds."""
    for _ in range(int(PATIENCE / _PAUSE)):
        if await condition():
            return
        await asyncio.sleep(_PAUSE)
    raise AssertionError(f"after {PATIENCE} seconds it does not hold yet")
