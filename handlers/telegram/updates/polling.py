"""Fetches updates from Telegram, and confirms them when they are stored."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from telegram.error import Conflict, EndPointNotFound, RetryAfter, TelegramError, TimedOut

from bot.errors import StorageError
from handlers.telegram.bot import Bot, fetch_by_polling
from handlers.telegram.outbox.api_errors import TokenRefusedError, is_answer, retry_after
from handlers.telegram.outbox.gateway import call
from handlers.telegram.updates.intake import Intake
from handlers.telegram.updates.raw_updates import is_numbered
from handlers.telegram.updates.transaction import ALLOWED_UPDATES

POLL_SECONDS = 10
_ANSWERING_SECONDS = 7.0
"""Beyond that, for the answer to arrive. What hangs longer hangs for good, and meanwhile nobody is heard."""
_ASKING_SECONDS = 3.0
_UNREAD = "get_Updates"
"""getUpdates, spelled so that the library hands over what it got: its own method reads a whole batch or nothing."""
_WEBHOOK = "webhook"
"""In the words with which Telegram refuses to be asked while it brings updates to one."""
_MOST_AT_ONCE = 100
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 2.0
_LONGEST_PAUSE_BESIDE_ANOTHER = 10.0
_STORAGE_PAUSE = 1.0

logger = logging.getLogger(__name__)


class Polling:
    """The one consumer of the updates of a bot; a second one at the same time would steal from it.

    An update is confirmed, and then forgotten by Telegram, by the first poll after it was stored. `reached` is called
    when Telegram answers again.
    """

    def __init__(self, bot: Bot, intake: Intake, reached: Callable[[], None]) -> None:
        self._bot = bot
        self._intake = intake
        self._reached = reached
        self.is_running = False
        """Whether news must come all the time; a webhook may be silent for days, and so may an instance in reserve."""
        self._is_cut_off = False
        self._offset = 0
        self._conflicting = False
        self._caught_up = False
        self._has_fetched = False
        """Whether any updates could be fetched in this run; a webhook that is set later is somebody else's."""

    async def run(self) -> None:
        """Fetches updates until it is cancelled, through every failure of Telegram and of the database.

        Raises TelegramStartError.
        """
        self._offset, self._caught_up, self.is_running = 0, False, True
        self._has_fetched = False
        try:
            await self._fetch_on_and_on()
        finally:
            self.is_running = False

    async def _fetch_on_and_on(self) -> None:
        failures = 0
        while True:
            try:
                await self._reach()
                await self._fetch()
                failures = 0
            except StorageError as error:
                logger.error("Updates cannot be stored and are not confirmed: %s", error)  # noqa: TRY400 - one line
                await asyncio.sleep(_STORAGE_PAUSE)
            except TelegramError as error:
                if self._is_for_webhook(error):
                    await fetch_by_polling(self._bot)
                    continue
                failures += 1
                self._is_cut_off = not isinstance(error, Conflict) and not is_answer(error)
                await asyncio.sleep(self._pause_after(error, failures))

    def _is_for_webhook(self, error: TelegramError) -> bool:
        """Whether updates are brought to a webhook from before this run.

        So it is found out: to end one first, whether there is one or not, would take a call at each start.
        """
        return isinstance(error, Conflict) and _WEBHOOK in error.message.lower() and not self._has_fetched

    async def _reach(self) -> None:
        """After a failure a short question comes first, whose answer says soon that Telegram is back."""
        if self._is_cut_off:
            await call(self._bot, "getMe", {}, _ASKING_SECONDS)
            self._is_cut_off = False
            self._reached()

    async def _fetch(self) -> None:
        # What waits already is asked for at once: until it is known, nobody can tell which messages arrived.
        seconds = POLL_SECONDS if self._caught_up else 0
        arguments = {"offset": self._offset, "timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        try:
            batch: Any = await self._bot.do_api_request(_UNREAD, arguments, read_timeout=seconds + _ANSWERING_SECONDS)
        except EndPointNotFound:
            raise TokenRefusedError from None
        if not isinstance(batch, list):
            raise TelegramError("Invalid server response")
        self._conflicting, self._has_fetched = False, True
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
            return float(min(_LONGEST_PAUSE_BESIDE_ANOTHER, 1.5 ** min(failures, 10)))
        logger.warning("Fetching updates failed %d times: %s: %s", failures, type(error).__name__, error.message)
        if isinstance(error, RetryAfter):
            return retry_after(error) + 0.5
        return _FIRST_PAUSE if failures == 1 else _LONGEST_PAUSE

    def _warn_once(self) -> None:
        if not self._conflicting:
            logger.warning(
                "Another program fetches this bot's updates: stop it, or give it a token of its own. "
                "Fetching goes on; nothing is lost"
            )
        self._conflicting = True
