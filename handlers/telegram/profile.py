"""Tells Telegram what the assistant is called for: its commands and descriptions, in both languages."""

import logging
from collections.abc import Awaitable, Callable

from telegram import BotCommand
from telegram.constants import BotDescriptionLimit
from telegram.error import TelegramError

from bot.wording import Sentences, sentences
from handlers.telegram.bot import Bot
from knowledge.base import Language

_SHOWN_TO: tuple[tuple[Language, str | None], ...] = (("en", None), ("ko", "ko"))
"""English is what everybody sees whose app is not set to Korean."""

logger = logging.getLogger(__name__)


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
