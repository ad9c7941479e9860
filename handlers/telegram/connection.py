"""Connects to Telegram, or says in one plain line why it cannot."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError

from handlers.telegram.bot import Bot
from handlers.telegram.errors import TelegramStartError
from handlers.telegram.outbox.api_errors import retry_after

_LONGEST_PAUSE = 15.0
_MALFORMED = (
    "TELEGRAM_BOT_TOKEN is not a token; it looks like 123456789:AbC-dEf; is the token right? "
    "Copy it whole from @BotFather"
)

logger = logging.getLogger(__name__)


def require_token(text: str) -> None:
    """Raises TelegramStartError when the text cannot be a token, which is known before anything else starts."""
    if not re.fullmatch(r"[0-9]+:[\w-]+", text, re.ASCII):
        raise TelegramStartError(_MALFORMED)


async def connect(bot: Bot) -> None:
    """Gets to know the bot's own name, however long Telegram cannot be reached. Raises TelegramStartError."""
    require_token(bot.token)
    with _no_tracebacks():
        await _persist(bot, bot.initialize)


async def fetch_by_polling(bot: Bot) -> None:
    """Makes sure that updates come by polling, however long Telegram cannot be reached. Raises TelegramStartError."""

    async def leave_webhook() -> None:
        await bot.delete_webhook(drop_pending_updates=False)

    with _no_tracebacks():
        await _persist(bot, leave_webhook)


async def _persist(bot: Bot, step: Callable[[], Awaitable[None]]) -> None:
    pause = 0.25
    while True:
        try:
            await step()
        except InvalidToken:
            raise TelegramStartError(_wrong_token(bot)) from None
        except (AttributeError, KeyError, TypeError, ValueError):
            raise TelegramStartError(
                f"what {_host(bot)} answers is not what a Bot API server does; check TELEGRAM_API_BASE_URL"
            ) from None
        except TelegramError as error:
            pause = retry_after(error) or min(_LONGEST_PAUSE, pause * 2)
            logger.warning("%s; trying again in %.1f seconds", _unreachable(bot, error), pause)
            await asyncio.sleep(pause)
        else:
            return


def _wrong_token(bot: Bot) -> str:
    return (
        f"Telegram at {_host(bot)} does not accept the bot; is the token right? "
        "Set TELEGRAM_BOT_TOKEN to the token that @BotFather gave (and check TELEGRAM_API_BASE_URL where it is set)"
    )


def _unreachable(bot: Bot, error: TelegramError) -> str:
    reason = " ".join(error.message.split()).replace(bot.token, "***")
    return (
        f"Telegram cannot be reached at {_host(bot)} ({reason}); check the network connection and TELEGRAM_API_BASE_URL"
    )


def _host(bot: Bot) -> str:
    """The server's name without the path, which holds the token."""
    address = urlsplit(bot.base_url)
    return f"{address.hostname}:{address.port}" if address.port else str(address.hostname)


@contextmanager
def _no_tracebacks() -> Iterator[None]:
    """The library logs each failed call with its traceback; the line that is raised says it better."""
    library = logging.getLogger("telegram")
    level = library.level
    library.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        library.setLevel(level)
