"""Updates of one instance stay its own for as long as it handles them, and are anybody's once it lets go."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, AsyncExitStack, nullcontext
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.delivery import LEASE, Inbox, WaitingUpdate
from bot.errors import StorageError
from bot.storage.storage import Storage
from bot.storage.tables import INBOX
from handlers.telegram.updates import dispatcher
from handlers.telegram.updates.dispatcher import CHATS_AT_ONCE, Dispatcher
from handlers.telegram.updates.transaction import UpdateTransaction
from tests.bot.storage.building import NOON
from tests.bot.storage.delivering import an_update, until

_LEASE_END = select(INBOX.c.leased_until)


class SlowTransaction(UpdateTransaction):
    """Handles an update when it is told to."""

    is_held_up = False

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.count = 0

    async def handle(
        self,
        waiting: WaitingUpdate,
        aside: Callable[[], AbstractContextManager[None]] = nullcontext,  # noqa: ARG002 - as what it stands for has it
    ) -> bool:
        self.count += 1
        self.begun.set()
        await self.may_end.wait()
        await self._inbox.finish(waiting.number)
        return True


class WaitingTransaction(SlowTransaction):
    """Stands aside until it is told to handle an update."""

    async def handle(
        self, waiting: WaitingUpdate, aside: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> bool:
        with aside():
            return await super().handle(waiting)


class Instance:
    """One of two instances at work, and what time it is there."""

    def __init__(self, storage: Storage, transaction: SlowTransaction | None = None) -> None:
        self.inbox = storage.inbox("telegram")
        self.now = NOON
        self.transaction = transaction or SlowTransaction(self.inbox)
        self.dispatcher = Dispatcher(self.inbox, self.transaction, lambda: self.now, asyncio.Event())
        self.task = asyncio.create_task(self.dispatcher.run())


@pytest.fixture
async def storages(postgresql_url: str) -> AsyncIterator[tuple[Storage, Storage]]:
    async with AsyncExitStack() as stack:
        one, other = [await stack.enter_async_context(Storage.open(postgresql_url)) for _ in range(2)]
        yield one, other


async def test_the_lease_of_what_is_being_handled_is_renewed(
    storages: tuple[Storage, Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "_RENEWING", 0.01)
    await storages[0].inbox("telegram").add([an_update("a")], NOON)
    one = Instance(storages[0])
    await one.transaction.begun.wait()
    for _ in range(4):  # it works for longer than a lease
        one.now += LEASE / 2
        await until(partial(_ends_at, storages[1], one.now + LEASE))
    assert await storages[1].inbox("telegram").claim(9, one.now + LEASE - timedelta(seconds=1)) == []
    one.transaction.may_end.set()
    await until(partial(_is_handled, storages[1].inbox("telegram")))
    await _stopped(one)


async def test_a_stop_hands_back_at_once_what_was_not_begun_and_what_does_not_end(
    storages: tuple[Storage, Storage],
) -> None:
    await storages[0].inbox("telegram").add([an_update(str(chat), chat) for chat in range(20)], NOON)
    one = Instance(storages[0])
    await one.transaction.begun.wait()
    one.task.cancel()
    await asyncio.wait([one.task])
    await one.dispatcher.finish(0.01)
    assert len(await storages[1].inbox("telegram").claim(99, NOON)) == 20
    await _stopped(one)


async def test_an_instance_that_does_not_soon_come_to_what_is_new_leaves_it_to_others(
    storages: tuple[Storage, Storage],
) -> None:
    one = Instance(storages[0])
    assert not _takes_more(one), "it does not run yet"
    await one.inbox.add([an_update("a")], NOON)
    await until(partial(_has_begun, one, 1))
    assert _takes_more(one)
    one.transaction.is_held_up = True
    assert not _takes_more(one)
    one.transaction.is_held_up = False
    await one.inbox.add([an_update(str(chat), chat) for chat in range(2, 50)], NOON)
    await until(partial(_has_begun, one, CHATS_AT_ONCE))
    assert not _takes_more(one), "as many as it handles at once wait for their turn"
    one.transaction.may_end.set()
    await until(partial(_is_handled, one.inbox))
    assert _takes_more(one)
    await _stopped(one)
    assert not _takes_more(one)


async def test_what_cannot_be_looked_up_is_handed_over_to_an_instance_that_can(
    storages: tuple[Storage, Storage],
) -> None:
    inbox = storages[0].inbox("telegram")
    await inbox.add([an_update(str(chat), chat) for chat in range(1, 30)], NOON)
    one = Instance(storages[0], WaitingTransaction(inbox))
    await until(partial(_has_begun, one, CHATS_AT_ONCE))
    one.transaction.is_held_up = True
    other = Instance(storages[1])
    other.transaction.may_end.set()
    await until(partial(_is_handled, inbox))
    assert other.transaction.count == 29
    await _stopped(one)
    await _stopped(other)


async def test_whoever_can_look_nothing_up_leaves_to_others_what_is_new_and_tries_what_nobody_takes(
    storages: tuple[Storage, Storage],
) -> None:
    inbox = storages[0].inbox("telegram")
    one = Instance(storages[0])
    one.transaction.is_held_up = True
    one.transaction.may_end.set()
    await inbox.add([an_update("a")], NOON)
    await asyncio.sleep(0.6)  # it has looked more than once
    assert one.transaction.count == 0
    one.now += timedelta(seconds=1)
    await until(partial(_is_handled, inbox))
    await _stopped(one)


async def test_what_cannot_be_handed_over_stays_and_is_handled_here(
    storages: tuple[Storage, Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    await storages[0].inbox("telegram").add([an_update(str(chat), chat) for chat in range(1, 30)], NOON)
    one, tried = Instance(storages[0]), asyncio.Event()
    one.dispatcher._transaction = one.transaction = WaitingTransaction(one.inbox)

    async def fail(*_: object, **__: object) -> None:
        tried.set()
        raise StorageError("the server is away")

    monkeypatch.setattr(one.inbox, "release", fail)
    await until(partial(_has_begun, one, CHATS_AT_ONCE))
    one.transaction.is_held_up = True
    await tried.wait()
    one.transaction.may_end.set()
    await until(partial(_is_handled, one.inbox))
    assert one.transaction.count == 29
    await _stopped(one)


async def test_what_came_back_is_not_handed_over_again(storages: tuple[Storage, Storage]) -> None:
    inbox = storages[0].inbox("telegram")
    await inbox.add([an_update("a")], NOON)
    one = Instance(storages[0], WaitingTransaction(inbox))
    await until(partial(_has_begun, one, 1))
    one.transaction.is_held_up = True
    await until(partial(_is_idle, one))
    one.transaction.is_held_up = False
    await until(partial(_has_begun, one, 2))
    one.transaction.is_held_up = True
    await asyncio.sleep(0.6)  # it has looked more than once
    assert one.dispatcher.idle is False
    await _stopped(one)


async def test_what_waits_leaves_its_place_to_others_where_this_instance_is_the_only_one(tmp_path: Path) -> None:
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/a.db") as alone:
        assert await _begun(alone) > CHATS_AT_ONCE


async def test_what_waits_keeps_its_place_where_another_instance_can_take_others(
    storages: tuple[Storage, Storage],
) -> None:
    assert await _begun(storages[0]) == CHATS_AT_ONCE


async def _begun(storage: Storage) -> int:
    """How many of many updates an instance begins that come no further than to wait."""
    await storage.inbox("telegram").add([an_update(str(chat), chat) for chat in range(1, 60)], NOON)
    one = Instance(storage, WaitingTransaction(storage.inbox("telegram")))
    await until(partial(_has_begun, one, CHATS_AT_ONCE))
    await asyncio.sleep(0.3)  # for those that begin after them
    begun = one.transaction.count
    await _stopped(one)
    return begun


async def _has_begun(one: Instance, count: int) -> bool:
    return one.transaction.count >= count


def _takes_more(one: Instance) -> bool:
    return one.dispatcher.takes_more()


async def _is_idle(one: Instance) -> bool:
    return one.dispatcher.idle


async def _ends_at(storage: Storage, end: datetime) -> bool:
    """Whether the one lease there is ends then."""
    found: datetime = await storage._database.read(lambda connection: connection.execute(_LEASE_END).scalar_one())
    return found == end


async def _is_handled(inbox: Inbox) -> bool:
    return not (await inbox.counts()).waiting


async def _stopped(one: Instance) -> None:
    one.task.cancel()
    await asyncio.wait([one.task])
    await one.dispatcher.finish(0.01)
