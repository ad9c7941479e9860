"""What one of several instances had claimed when the database's server stopped is answered meanwhile, by it alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.delivery import Inbox, WaitingUpdate
from bot.errors import StorageError
from bot.journal import Journal
from bot.storage.storage import Storage
from handlers.telegram.lifecycle import running
from handlers.telegram.updates.transaction import Routed
from tests.bot.storage.delivering import until
from tests.handlers.telegram.building import World, ready
from tests.local_telegram.citizen import Citizen
from tests.postgresql import PostgreSQLServer

_PATIENCE = 60
"""Seconds; a busy machine needs some."""
_LONG = timedelta(minutes=1)


@pytest.fixture
async def world(postgresql_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with Storage.open(postgresql_url) as storage:
        world = World(storage, journal=Journal.open(tmp_path / "journal", 65536))
        async with running(world.door, world.door.polling.run, ready(world.router)):
            yield world


@pytest.fixture
async def other(postgresql_url: str) -> AsyncIterator[Inbox]:
    """The inbox as another instance sees it."""
    async with Storage.open(postgresql_url) as storage:
        yield storage.inbox("telegram")


async def _claimed(world: World, other: Inbox, found: list[WaitingUpdate]) -> None:
    """The other instance claims whatever it gets, for so long that each lease is over."""
    while True:
        with suppress(StorageError):
            found += await other.claim(9, world.clock() + _LONG)
        await asyncio.sleep(0.05)


async def test_what_was_claimed_is_answered_while_the_server_is_away_and_not_again(
    postgresql: PostgreSQLServer, world: World, other: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_stopped, consider, begun = asyncio.Event(), world.router.consider, asyncio.Semaphore(0)

    async def considered(update: Update) -> Routed:
        begun.release()
        await is_stopped.wait()
        return await consider(update)

    monkeypatch.setattr(world.router, "consider", considered)
    citizens = await _asking(world)
    for _ in range(2):
        await asyncio.wait_for(begun.acquire(), _PATIENCE)
    await _answered_by_it_alone(world, other, postgresql, is_stopped, citizens)


async def test_what_was_stored_and_not_claimed_is_answered_while_the_server_is_away_and_not_again(
    postgresql: PostgreSQLServer, world: World, other: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_stopped, claim = asyncio.Event(), world.door.inbox.claim

    async def claimed(*args: Any, **named: Any) -> list[WaitingUpdate]:
        await is_stopped.wait()
        return await claim(*args, **named)

    monkeypatch.setattr(world.door.inbox, "claim", claimed)
    monkeypatch.setattr("bot.storage.inbox._SURE", 60.0)
    citizens = await _asking(world)

    async def are_stored() -> bool:
        return (await other.counts()).waiting == 2

    await until(are_stored)
    await _answered_by_it_alone(world, other, postgresql, is_stopped, citizens)


async def _asking(world: World) -> list[Citizen]:
    """Somebody asks what the knowledge base knows, and somebody what it does not."""
    known, unknown = (Citizen(world.telegram, user_id=number) for number in (7, 8))
    await known.type("예산이 얼마예요?")
    await unknown.type("날씨 어때요?")
    return [known, unknown]


async def _answered_by_it_alone(
    world: World, other: Inbox, postgresql: PostgreSQLServer, is_stopped: asyncio.Event, citizens: list[Citizen]
) -> None:
    """The server stops, and only then the assistant goes on."""
    await asyncio.to_thread(postgresql.stop)
    found: list[WaitingUpdate] = []
    claiming = asyncio.create_task(_claimed(world, other, found))
    is_stopped.set()
    try:
        async with asyncio.timeout(_PATIENCE):
            while [len(citizen.screen()) for citizen in citizens] != [2, 2]:  # noqa: ASYNC110 - a screen has no event
                await asyncio.sleep(0.01)
    finally:
        await asyncio.to_thread(postgresql.start)
    async with asyncio.timeout(_PATIENCE):
        while (world.journal and world.journal.entries) or not await _is_settled(world):  # noqa: ASYNC110 - a journal has no event
            await asyncio.sleep(0.01)
    claiming.cancel()
    assert found == []
    assert [len(citizen.screen()) for citizen in citizens] == [2, 2]
    assert [str(state) for state in await world.states()] == ["open"]


async def _is_settled(world: World) -> bool:
    with suppress(StorageError):
        return (await world.door.inbox.counts()).waiting == 0
    return False
