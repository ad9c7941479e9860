"""Has Telegram bring updates to a web address."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from telegram.error import TelegramError

from handlers.telegram.bot import Bot
from handlers.telegram.outbox.api_errors import retry_after
from handlers.telegram.updates.transaction import ALLOWED_UPDATES

_LOOKING_AGAIN = 60.0
_LOOKING_SOON = 2.0
_MOST_CONNECTIONS = 40
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """The address that Telegram is to bring updates to, and the secret that it shows there."""

    address: str
    secret: str


async def keep_webhook(bot: Bot, webhook: Webhook, caught_up: Callable[[], None]) -> None:
    """Sets the webhook, and sets it again when somebody has changed it, until it is cancelled.

    `caught_up` is called when nothing is left at Telegram.
    """
    pause = _FIRST_PAUSE
    fresh = True
    while True:
        try:
            waiting = await _set(bot, webhook, anyway=fresh)
            fresh, pause = False, _FIRST_PAUSE
            if not waiting:
                caught_up()
            await asyncio.sleep(_LOOKING_SOON if waiting else _LOOKING_AGAIN)
        except TelegramError as error:
            logger.warning("The webhook could not be set: %s: %s", type(error).__name__, error.message)
            await asyncio.sleep(retry_after(error) or pause)
            pause = min(_LONGEST_PAUSE, pause * 2)


async def _set(bot: Bot, webhook: Webhook, *, anyway: bool) -> int:
    """How many updates wait at Telegram.

    What stands already is left, as Telegram refuses to be told twice in a second; it never tells the secret, though.
    """
    known = await bot.get_webhook_info()
    if known.url == webhook.address and not anyway:
        return known.pending_update_count
    await bot.set_webhook(
        webhook.address,
        secret_token=webhook.secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=_MOST_CONNECTIONS,
        drop_pending_updates=False,
    )
    logger.info("Telegram brings updates to the webhook")
    return known.pending_update_count
