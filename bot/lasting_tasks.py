"""The tasks that last as long as the program does: a defect in one of them ends neither it nor the others."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.errors import StorageError
from bot.storage.storage import Storage

logger = logging.getLogger(__name__)

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_CALM = 60.0
"""After so many seconds without a defect, the next one is the first again."""


class LastingTasks:
    """Runs tasks, and begins those anew that ended over a defect. `lets_through` are errors that end the program."""

    def __init__(self, *lets_through: type[Exception], first_pause: float = _FIRST_PAUSE) -> None:
        self.restarts: Counter[str] = Counter()
        """How often each task was begun anew, by its name."""
        self._lets_through = lets_through
        self._first_pause = first_pause

    async def run(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Does the work until it returns or is cancelled. Raises what is let through."""
        time = asyncio.get_running_loop().time
        pause = self._first_pause
        while True:
            begun = time()
            try:
                await work()
            except self._lets_through:
                raise
            except Exception:
                self.restarts[name] += 1
                pause = self._first_pause if time() - begun > _CALM else pause
                logger.exception("The %s met a defect and is begun anew in %g s", name, pause)
                await asyncio.sleep(pause)
                pause = min(_LONGEST_PAUSE, pause * 2)
            else:
                return


SECONDS_BETWEEN = 60
"""What conversations were about is promised to be kept for minutes, not longer."""


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
