"""Has messages put on a citizen's screen: what is asked for here is sent when the update's turn is kept."""

from typing import Any

from telegram import ForceReply, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode

from bot.delivery import OutgoingCall
from bot.dialogue.messages import Message as Shown
from handlers.telegram.citizens.keyboards import keyboard
from handlers.telegram.citizens.rendering import Part, render
from handlers.telegram.updates.turns import current_turn
from knowledge.base import Language

_NO_PREVIEW = {"is_disabled": True}


def reply(to: Message, shown: Shown, language: Language, prompt: ForceReply | None = None) -> None:
    """Replies to a message; the buttons stand under the last part. A `prompt` has the citizen's app reply to it."""
    *first, last = render(shown.text)
    for part in first:
        _send(to, part, None)
    _send(to, last, prompt or keyboard(shown, language))


def edit(message: Message, shown: Shown, language: Language) -> None:
    """Puts a message in the place of one that was sent before; what does not fit follows as a reply to it."""
    first, *more = render(shown.text)
    markup = keyboard(shown, language)
    arguments = {"message_id": message.message_id} | _text(first) | _markup(None if more else markup)
    _call(message, "editMessageText", arguments, first.plain)
    for part in more:
        _send(message, part, markup if part is more[-1] else None)


def remove_buttons(message: Message, *pressed: str) -> None:
    """Takes the rows away that hold a button of that data, or all buttons where none is named."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup and pressed else ()
    left = [row for row in rows if not any(button.callback_data in pressed for button in row)]
    markup = InlineKeyboardMarkup(left) if left else None
    _call(message, "editMessageReplyMarkup", {"message_id": message.message_id} | _markup(markup))


def message_call(chat: int, part: Part, replied_to: int | None) -> OutgoingCall:
    """The call that sends a text to a chat, as a reply where the message is still there."""
    arguments = {"chat_id": chat} | _text(part) | (_replying(replied_to) if replied_to else {})
    return OutgoingCall(chat, "sendMessage", arguments, part.plain)


def _replying(message_id: int) -> dict[str, Any]:
    return {"reply_parameters": {"message_id": message_id, "allow_sending_without_reply": True}}


def _send(to: Message, part: Part, markup: InlineKeyboardMarkup | ForceReply | None) -> None:
    arguments = _text(part) | _replying(to.message_id) | _markup(markup)
    if to.is_topic_message and to.message_thread_id:
        arguments["message_thread_id"] = to.message_thread_id
    _call(to, "sendMessage", arguments, part.plain)


def _text(part: Part) -> dict[str, Any]:
    return {"text": part.html, "parse_mode": ParseMode.HTML.value, "link_preview_options": _NO_PREVIEW}


def _markup(markup: InlineKeyboardMarkup | ForceReply | None) -> dict[str, Any]:
    return {"reply_markup": markup.to_dict()} if markup else {}


def _call(message: Message, method: str, arguments: dict[str, Any], plain: str | None = None) -> None:
    whole = {"chat_id": message.chat_id} | arguments
    current_turn().calls.append(OutgoingCall(message.chat_id, method, whole, plain))
