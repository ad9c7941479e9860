"""Puts messages on a citizen's screen."""

from telegram import InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.messages import Message as Shown
from handlers.telegram.keyboards import keyboard
from handlers.telegram.rendering import Part, render
from knowledge.base import Language

_GONE = ("message to edit not found", "message can't be edited")
"""What Telegram says of a message that was deleted or is too old."""


async def reply(to: Message, shown: Shown, language: Language) -> None:
    """Replies to a message; the buttons stand under the last part."""
    *first, last = render(shown.text)
    for part in first:
        await _send(to, part, None)
    await _send(to, last, keyboard(shown.buttons, language))


async def edit(message: Message, shown: Shown, language: Language) -> None:
    """Puts a message in the place of one that was sent before; what does not fit follows as a reply to it."""
    first, *more = render(shown.text)
    markup = keyboard(shown.buttons, language)
    await _edit(message, first, None if more else markup)
    for part in more:
        await _send(message, part, markup if part is more[-1] else None)


async def remove_buttons(message: Message) -> None:
    """Takes the buttons away from under a message."""
    try:
        await message.edit_reply_markup(None)
    except BadRequest as error:
        _unless(error, "not modified")


async def _send(to: Message, part: Part, markup: InlineKeyboardMarkup | None) -> None:
    quoting = ReplyParameters(to.message_id, allow_sending_without_reply=True)
    try:
        await to.reply_text(part.html, ParseMode.HTML, reply_markup=markup, reply_parameters=quoting)
    except BadRequest as error:
        _unless(error, "can't parse entities")
        await to.reply_text(part.plain, reply_markup=markup, reply_parameters=quoting)


async def _edit(message: Message, part: Part, markup: InlineKeyboardMarkup | None) -> None:
    try:
        await message.edit_text(part.html, ParseMode.HTML, reply_markup=markup)
    except BadRequest as error:
        if "not modified" in error.message:  # the button was pressed twice
            return
        if any(reason in error.message.lower() for reason in _GONE):
            await _send(message, part, markup)
            return
        _unless(error, "can't parse entities")
        await message.edit_text(part.plain, reply_markup=markup)


def _unless(error: BadRequest, known: str) -> None:
    """Raises the error again unless it is the known one; Telegram tells errors apart by their texts only."""
    if known not in error.message.lower():
        raise error
