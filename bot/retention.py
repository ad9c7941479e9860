"""Keeps the promise that recorded questions are destroyed after a time."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.errors import StorageError
from bot.storage.storage import Storage

SECONDS_BETWEEN = 24 * 60 * 60

logger = logging.getLogger(__name__)


async def purge_daily(
    storage: Storage, retention_days: int, now: Callable[[], datetime], pause: float = SECONDS_BETWEEN
) -> None:
    """Destroys what is past its time at once and then every day, until it is cancelled."""
    while True:
        try:
            purged = await storage.purge(now(), retention_days)
            logger.debug("Destroyed %d questions past %d days", purged.expired, retention_days)
        except StorageError as error:
            logger.warning("Questions past their time could not be destroyed; tried again later: %s", error)
        await asyncio.sleep(pause)
