"""Connects to Telegram, or says in one plain line why it cannot."""

import asyncio
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from telegram.error import InvalidToken, RetryAfter, TelegramError

from handlers.telegram.context import TelegramApplication
from handlers.telegram.errors import TelegramStartError

PATIENCE = 15.0
"""Seconds for which a Telegram that cannot be reached is tried again."""

_LONGEST_PAUSE = 3.0
_MALFORMED = (
    "TELEGRAM_BOT_TOKEN is not a token; it looks like 123456789:AbC-dEf; is the token right? "
    "Copy it whole from @BotFather"
)

logger = logging.getLogger(__name__)


async def connect(application: TelegramApplication, patience: float = PATIENCE) -> None:
    """Initializes the application and makes sure that updates come by polling. Raises TelegramStartError."""
    if not re.fullmatch(r"[0-9]+:[\w-]+", application.bot.token, re.ASCII):
        raise TelegramStartError(_MALFORMED)
    try:
        with _no_tracebacks():
            await _persist(application, asyncio.get_running_loop().time() + patience)
    except BaseException:
        await application.bot.shutdown()
        raise


async def _persist(application: TelegramApplication, deadline: float) -> None:
    pause = 0.25
    while True:
        try:
            await application.initialize()
            await application.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise TelegramStartError(_wrong_token(application)) from None
        except TelegramError as error:
            pause = _wait_asked_for(error) or min(_LONGEST_PAUSE, pause * 2)
            if asyncio.get_running_loop().time() + pause > deadline:
                raise TelegramStartError(_unreachable(application, error)) from None
        else:
            return
        logger.info("Telegram cannot be reached at %s; trying again", _host(application))
        await asyncio.sleep(pause)


def _wait_asked_for(error: TelegramError) -> float | None:
    return float(error._retry_after.total_seconds()) if isinstance(error, RetryAfter) else None  # noqa: SLF001


def _wrong_token(application: TelegramApplication) -> str:
    return (
        f"Telegram at {_host(application)} does not accept the bot; is the token right? "
        "Set TELEGRAM_BOT_TOKEN to the token that @BotFather gave (and check TELEGRAM_API_BASE_URL where it is set)"
    )


def _unreachable(application: TelegramApplication, error: TelegramError) -> str:
    reason = " ".join(error.message.split()).replace(application.bot.token, "***")
    return (
        f"Telegram cannot be reached at {_host(application)} ({reason}); "
        "check the network connection and TELEGRAM_API_BASE_URL"
    )


def _host(application: TelegramApplication) -> str:
    """The server's name without the path, which holds the token."""
    address = urlsplit(application.bot.base_url)
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
