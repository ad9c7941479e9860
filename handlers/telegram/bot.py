"""The bot: it is built, connected, or told in one plain line why it cannot be, and introduced to Telegram."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, tzinfo
from urllib.parse import urlsplit

from telegram import BotCommand
from telegram.constants import BotDescriptionLimit
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Defaults, ExtBot
from telegram.request import BaseRequest

from bot.wording import Sentences, sentences
from handlers.telegram.errors import TelegramStartError
from handlers.telegram.outbox.api_errors import retry_after
from handlers.telegram.outbox.client import AiohttpRequest
from knowledge.base import Language

logger = logging.getLogger(__name__)

TELEGRAM = "https://api.telegram.org/bot"

Bot = ExtBot[None]


def build_bot(token: str, base_url: str = TELEGRAM, timezone: tzinfo = UTC, request: BaseRequest | None = None) -> Bot:
    """The bot, which is not connected yet; `request` takes the place of the network in tests."""
    _quiet_libraries()
    return ExtBot(
        token,
        base_url,
        request=request or AiohttpRequest(64, pool_timeout=10.0),
        get_updates_request=request or AiohttpRequest(2),
        defaults=Defaults(tzinfo=timezone),
    )


def _quiet_libraries() -> None:
    """Keeps the token, which is in every address, and the citizens' words out of the log."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.INFO)


_LONGEST_PAUSE = 15.0
_MALFORMED = (
    "TELEGRAM_BOT_TOKEN is not a token; it looks like 123456789:AbC-dEf; is the token right? "
    "Copy it whole from @BotFather"
)


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


_SHOWN_TO: tuple[tuple[Language, str | None], ...] = (("en", None), ("ko", "ko"))
"""English is what everybody sees whose app is not set to Korean."""


async def introduce(bot: Bot, describe: Callable[[Language], tuple[str, str]]) -> None:
    """Sets what has changed. Telegram allows few such changes, so what stands there already is left alone.

    `describe` gives what the assistant is in a language, as a paragraph and as a name.
    """
    for language, code in _SHOWN_TO:
        description, name = describe(language)
        await _softly(_set_commands(bot, sentences(language), code), code)
        await _softly(_set_description(bot, description[: BotDescriptionLimit.MAX_DESCRIPTION_LENGTH], code), code)
        await _softly(_set_short_description(bot, name[: BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH], code), code)


async def _softly(change: Awaitable[None], code: str | None) -> None:
    """An assistant without a description still answers."""
    try:
        await change
    except TelegramError as error:
        logger.warning("Telegram did not take the introduction (%s): %s", code or "default", error.message)


def commands(words: Sentences) -> tuple[BotCommand, ...]:
    """The commands as Telegram's menu lists them."""
    return (
        BotCommand("start", words.command_start),
        BotCommand("help", words.command_help),
        BotCommand("topics", words.command_topics),
        BotCommand("myquestions", words.command_my_questions),
        BotCommand("privacy", words.command_privacy),
        BotCommand("forget", words.command_forget),
    )


async def _set_commands(bot: Bot, words: Sentences, code: str | None) -> None:
    if await bot.get_my_commands(language_code=code) != commands(words):
        await bot.set_my_commands(commands(words), language_code=code)


async def _set_description(bot: Bot, text: str, code: str | None) -> None:
    if (await bot.get_my_description(code)).description != text:
        await bot.set_my_description(text, code)


async def _set_short_description(bot: Bot, text: str, code: str | None) -> None:
    if (await bot.get_my_short_description(code)).short_description != text:
        await bot.set_my_short_description(text, code)
