"""Keeps the promise that recorded questions, and what conversations were about, are destroyed after a time."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.errors import StorageError
from bot.storage.storage import Storage

SECONDS_BETWEEN = 60
"""What conversations were about is promised to be kept for minutes, not longer."""

logger = logging.getLogger(__name__)


async def purge_regularly(
    storage: Storage, retention_days: int, now: Callable[[], datetime], pause: float = SECONDS_BETWEEN
) -> None:
    """Destroys what is past its time at once and then every minute, until it is cancelled."""
    while True:
        try:
            purged = await storage.purge(now(), retention_days)
            logger.debug("Destroyed: %s", purged)
        except StorageError as error:
            logger.warning("What is past its time could not be destroyed; tried again later: %s", error)
        await asyncio.sleep(pause)
