"""Runs a bot's door: from the first connection to a stop in which nothing is lost."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from handlers.telegram.bot import connect, introduce
from handlers.telegram.door import Door
from handlers.telegram.updates.transaction import Router

Receive = Callable[[], Awaitable[None]]

logger = logging.getLogger(__name__)


async def serve(door: Door, receive: Receive, router: Awaitable[Router]) -> None:
    """Runs the door until it is cancelled. `receive` brings updates in, and ends only when it is cancelled.

    Raises TelegramStartError when Telegram does not accept the bot, and what `router` raises.
    """
    async with running(door, receive, router) as tasks:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()


@asynccontextmanager
async def running(door: Door, receive: Receive, router: Awaitable[Router]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Runs the door while the block lasts; gives its tasks, which end only by a defect or a wrong token."""
    loading = asyncio.ensure_future(router)
    try:
        await _connect(door, loading)
        door.connected = True
        logger.info("Telegram: answering as @%s", door.bot.username)
        receiving = asyncio.create_task(door.tasks.run("receiving", receive))
        handling = asyncio.create_task(door.run(loading))
        introducing = asyncio.create_task(_introduce(door, loading))
        try:
            yield [receiving, handling]
        finally:
            await _end(receiving, introducing)
            await _end(handling)
    finally:
        await _end(loading)
        await door.bot.shutdown()


async def _connect(door: Door, loading: "asyncio.Future[Router]") -> None:
    """Connects while the services are loaded; whichever fails first ends both."""
    connecting = asyncio.create_task(connect(door.bot))
    try:
        both: list[asyncio.Future[Any]] = [connecting, loading]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if not connecting.done():
            await loading
        await connecting
    finally:
        await _end(connecting)


async def _introduce(door: Door, loading: "asyncio.Future[Router]") -> None:
    """Says what the assistant is once that is loaded; it stands in the knowledge base."""
    await asyncio.wait([loading])
    if not loading.cancelled() and not loading.exception():
        await introduce(door.bot, loading.result().dialogue.description)


async def _end(*tasks: "asyncio.Future[Any]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        _ = task.cancelled() or task.exception()  # whoever needed to know was told
