"""Tells Telegram what the assistant is called for: its commands and descriptions, in both languages."""

import logging
from collections.abc import Awaitable, Callable

from telegram import BotCommand
from telegram.error import TelegramError

from bot.wording import Sentences, sentences
from handlers.telegram.bot import Bot
from knowledge.base import Language

_SHOWN_TO: tuple[tuple[Language, str | None], ...] = (("en", None), ("ko", "ko"))
"""English is what everybody sees whose app is not set to Korean."""

logger = logging.getLogger(__name__)


async def introduce(bot: Bot) -> None:
    """Sets what has changed. Telegram allows few such changes, so what stands there already is left alone."""
    for language, code in _SHOWN_TO:
        words = sentences(language)
        for change in (_set_commands, _set_description, _set_short_description):
            await _softly(change, bot, words, code)


async def _softly(
    change: Callable[[Bot, Sentences, str | None], Awaitable[None]], bot: Bot, words: Sentences, code: str | None
) -> None:
    """An assistant without a description still answers."""
    try:
        await change(bot, words, code)
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


async def _set_description(bot: Bot, words: Sentences, code: str | None) -> None:
    if (await bot.get_my_description(code)).description != words.description:
        await bot.set_my_description(words.description, code)


async def _set_short_description(bot: Bot, words: Sentences, code: str | None) -> None:
    if (await bot.get_my_short_description(code)).short_description != words.short_description:
        await bot.set_my_short_description(words.short_description, code)
