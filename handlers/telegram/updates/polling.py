"""Fetches updates from Telegram, and confirms them when they are stored."""

import asyncio
import logging
from typing import Any

from telegram.error import Conflict, EndPointNotFound, RetryAfter, TelegramError, TimedOut

from bot.errors import StorageError
from handlers.telegram.bot import Bot
from handlers.telegram.connection import fetch_by_polling
from handlers.telegram.outbox.api_errors import TokenRefusedError, retry_after
from handlers.telegram.updates.intake import Intake
from handlers.telegram.updates.raw_updates import is_numbered
from handlers.telegram.updates.transaction import ALLOWED_UPDATES

POLL_SECONDS = 20
_UNREAD = "get_Updates"
"""getUpdates, spelled so that the library hands over what it got: its own method reads a whole batch or nothing."""
_MOST_AT_ONCE = 100
_LONGEST_PAUSE = 10.0
_STORAGE_PAUSE = 1.0

logger = logging.getLogger(__name__)


class Polling:
    """One consumer of the updates of one bot; a second one at the same time would steal from it.

    An update is confirmed, and then forgotten by Telegram, by the first poll after it was stored.
    """

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self._bot = bot
        self._intake = intake
        self._offset = 0
        self._conflicting = False
        self._caught_up = False

    async def run(self) -> None:
        """Fetches updates until it is cancelled, through every failure of Telegram and of the database."""
        failures = 0
        while True:
            try:
                await self._fetch()
                failures = 0
            except StorageError as error:
                logger.error("Updates cannot be stored and are not confirmed: %s", error)  # noqa: TRY400 - one line
                await asyncio.sleep(_STORAGE_PAUSE)
            except TelegramError as error:
                failures += 1
                await asyncio.sleep(self._pause_after(error, failures))

    async def _fetch(self) -> None:
        # What waits already is asked for at once: until it is known, nobody can tell which messages arrived.
        seconds = POLL_SECONDS if self._caught_up else 0
        arguments = {"offset": self._offset, "timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        try:
            batch: Any = await self._bot.do_api_request(_UNREAD, arguments, read_timeout=POLL_SECONDS + 10)
        except EndPointNotFound:
            raise TokenRefusedError from None
        if not isinstance(batch, list):
            raise TelegramError("Invalid server response")
        self._conflicting = False
        await self._intake.take([update for update in batch if isinstance(update, dict)])
        if len(batch) < _MOST_AT_ONCE and not self._caught_up:
            self._caught_up = True
            self._intake.caught_up()
        numbers = [update["update_id"] for update in batch if is_numbered(update)]
        if numbers:
            self._offset = numbers[-1] + 1

    def _pause_after(self, error: TelegramError, failures: int) -> float:
        if isinstance(error, TimedOut):
            logger.info("Fetching updates timed out")
            return 0.5
        if isinstance(error, Conflict):
            self._warn_once()
        else:
            logger.warning("Fetching updates failed %d times: %s: %s", failures, type(error).__name__, error.message)
        if isinstance(error, RetryAfter):
            return retry_after(error) + 0.5
        return float(min(_LONGEST_PAUSE, 1.5 ** min(failures, 10)))

    def _warn_once(self) -> None:
        if not self._conflicting:
            logger.warning(
                "Another program fetches this bot's updates: stop it, or give it a token of its own. "
                "Fetching goes on; nothing is lost"
            )
        self._conflicting = True


async def poll(bot: Bot, intake: Intake) -> None:
    """Makes sure that updates come by polling, and fetches them until it is cancelled. Raises TelegramStartError."""
    await fetch_by_polling(bot)
    await Polling(bot, intake).run()
