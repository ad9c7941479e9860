"""Fetches updates from Telegram. The place where an update becomes ours."""

import asyncio
import logging
from typing import Any

from telegram import Update
from telegram.error import RetryAfter, TelegramError, TimedOut

from handlers.telegram.context import TelegramApplication
from handlers.telegram.routes import ALLOWED_UPDATES

POLL_SECONDS = 20
_UNREAD = "get_Updates"
"""getUpdates, spelled so that the library hands over what it got: its own method reads a whole batch or nothing."""
_LONGEST_PAUSE = 30.0
_CONFIRMING_SECONDS = 4.0
"""Telegram makes a poll with an old offset wait for 3 seconds."""

logger = logging.getLogger(__name__)


class Polling:
    """One consumer of the updates of one bot; a second one at the same time would steal from it.

    An update is confirmed, and then forgotten by Telegram, by the first poll after it was put into the queue.
    """

    def __init__(self, application: TelegramApplication) -> None:
        self._application = application
        self._offset = 0
        self._confirmed = 0

    async def run(self) -> None:
        """Fetches updates until it is cancelled, through every failure of Telegram."""
        failures = 0
        while True:
            try:
                await self._fetch()
                failures = 0
            except TelegramError as error:
                failures += 1
                await asyncio.sleep(_pause_after(error, failures))

    async def confirm(self) -> None:
        """Tells Telegram which updates were fetched, so that they are not sent again after a restart."""
        if self._offset == self._confirmed:
            return
        try:
            async with asyncio.timeout(_CONFIRMING_SECONDS):
                arguments = {"offset": self._offset, "limit": 1, "timeout": 0}
                await self._application.bot.do_api_request(_UNREAD, arguments)
        except (TelegramError, TimeoutError) as error:
            logger.warning("The last updates may come again: %s", type(error).__name__)

    async def _fetch(self) -> None:
        offset = self._offset
        arguments = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        batch = await self._application.bot.do_api_request(_UNREAD, arguments, read_timeout=POLL_SECONDS + 10)
        self._confirmed = offset
        for raw in batch:
            update = self._read(raw)
            if update:
                await self._application.update_queue.put(update)
            self._offset = raw["update_id"] + 1

    def _read(self, raw: dict[str, Any]) -> Update | None:
        """The update, or None when the library cannot read it: then no other one has to wait for it."""
        try:
            return Update.de_json(raw, self._application.bot)
        except (KeyError, TypeError, ValueError) as error:
            logger.error("Update %s cannot be read: %s", raw["update_id"], type(error).__name__)  # noqa: TRY400
            return None


def _pause_after(error: TelegramError, failures: int) -> float:
    if isinstance(error, TimedOut):
        logger.info("Fetching updates timed out")
        return 0.5
    logger.warning("Fetching updates failed %d times: %s: %s", failures, type(error).__name__, error.message)
    if isinstance(error, RetryAfter):
        return float(error._retry_after.total_seconds()) + 0.5  # noqa: SLF001
    return float(min(_LONGEST_PAUSE, 1.5 ** min(failures, 10)))
