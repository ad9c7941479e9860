"""Runs the application: from the first connection to a stop in which nothing that was fetched is dropped."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from handlers.telegram.context import TelegramApplication
from handlers.telegram.introducing import introduce
from handlers.telegram.polling import Polling
from handlers.telegram.starting import PATIENCE, connect

_STOPPING_SECONDS = 7.0
"""Whoever stops a program usually kills it after 10."""

logger = logging.getLogger(__name__)


async def serve(application: TelegramApplication, patience: float = PATIENCE) -> None:
    """Runs the application until SIGTERM or SIGINT. Raises TelegramStartError when Telegram cannot be used."""
    serving = asyncio.ensure_future(_serve(application, patience))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, serving.cancel)
    await asyncio.wait([serving])
    if not serving.cancelled():
        serving.result()


async def _serve(application: TelegramApplication, patience: float) -> None:
    async with running(application, patience) as polling:
        introduction = asyncio.create_task(introduce(application.bot))
        try:
            await polling
        finally:
            introduction.cancel()


@asynccontextmanager
async def running(application: TelegramApplication, patience: float = PATIENCE) -> AsyncIterator[asyncio.Task[None]]:
    """Runs the application while the block lasts; gives the task that fetches updates, which ends only by a defect."""
    await connect(application, patience)
    try:
        await application.start()
        logger.info("Telegram: answering as @%s", application.bot.username)
        polling = Polling(application)
        task = asyncio.create_task(polling.run())
        try:
            yield task
        finally:
            await _stop(application, polling, task)
    finally:
        await application.shutdown()


async def _stop(application: TelegramApplication, polling: Polling, task: asyncio.Task[None]) -> None:
    """Stops fetching, then handles what was fetched, for as long as there is time."""
    task.cancel()
    await asyncio.wait([task])
    try:
        async with asyncio.timeout(_STOPPING_SECONDS):
            await asyncio.gather(polling.confirm(), application.stop())
    except TimeoutError:
        logger.warning("Stopped before every question was answered")
