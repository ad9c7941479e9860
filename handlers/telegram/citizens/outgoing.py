"""From what the dialogue shows to calls of the Bot API."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode

from bot.delivery import OutgoingCall
from bot.dialogue.action_codes import decode, encode
from bot.dialogue.messages import Action, Button, Message, Response
from bot.dialogue.presenter import notice
from bot.follow_up.notification import Notice
from bot.records.askers import Asker
from handlers.telegram.citizens.message_parts import Part, encodable, render, render_literally
from handlers.telegram.outbox.effects import Effects
from knowledge.base import Language

MOST_LABEL_CHARACTERS = 60
"""About two lines of a telephone's screen; longer labels are cut by Telegram's apps without a mark."""
_INVISIBLE = "\u200b\u2800\u3164"
_NO_PREVIEW = {"is_disabled": True}

_Markup = InlineKeyboardMarkup | ForceReply | None


def effects_of(response: Response, update: Update) -> Effects:
    """What shows the response to the update's citizen.

    Every press is answered, or the citizen's button would go on turning.
    """
    query = update.callback_query
    message = query.message if query else update.effective_message
    calls = list(_calls(response, message)) if isinstance(message, TelegramMessage) else []
    return Effects(calls, {query.id: response.notice} if query else {}, response.outcome)


class TelegramNotices:
    """Renders what citizens are told about questions of theirs; implements bot.follow_up.notification.Notices."""

    def calls(self, asker: Asker, told: Notice) -> Sequence[OutgoingCall]:
        """Replies to the citizen's own question, in as many messages as the text needs."""
        if asker.chat is None:
            return ()
        replying = _replying(asker.message) if asker.message else {}
        shown = notice(asker.text, asker.language, told)
        *first, last = render_literally(shown.text)
        markups = [*({} for _ in first), _markup(keyboard(shown, asker.language))]
        return [
            OutgoingCall(
                asker.chat, "sendMessage", {"chat_id": asker.chat} | _text(part) | replying | markup, part.plain
            )
            for part, markup in zip((*first, last), markups, strict=True)
        ]


def _calls(response: Response, message: TelegramMessage) -> Iterator[OutgoingCall]:
    """The calls about the message that was sent, or under which a button was pressed."""
    if response.replacement:
        yield from _replace(message, response.replacement, response.language)
    if response.kept_buttons is not None:
        left = _markup(_kept(message, response.kept_buttons, response.language))
        yield _call(message, "editMessageReplyMarkup", {"message_id": message.message_id} | left)
    for shown in response.messages:
        yield from _reply(message, response.reply_to or message.message_id, shown, response.language)


def _reply(message: TelegramMessage, to: int, shown: Message, language: Language) -> Iterator[OutgoingCall]:
    """Replies to the message of that number; the buttons stand under the last part."""
    *first, last = render(shown.text)
    for part in first:
        yield _send(message, to, part, None)
    prompt = ForceReply(input_field_placeholder=shown.prompt) if shown.prompt else None
    yield _send(message, to, last, prompt or keyboard(shown, language))


def _replace(message: TelegramMessage, shown: Message, language: Language) -> Iterator[OutgoingCall]:
    """Puts a message in the place of one that was sent before; what does not fit follows as a reply to it."""
    first, *more = render(shown.text)
    markup = keyboard(shown, language)
    arguments = {"message_id": message.message_id} | _text(first) | _markup(None if more else markup)
    yield _call(message, "editMessageText", arguments, first.plain)
    for part in more:
        yield _send(message, message.message_id, part, markup if part is more[-1] else None)


def _send(message: TelegramMessage, to: int, part: Part, markup: _Markup) -> OutgoingCall:
    arguments = _text(part) | _replying(to) | _markup(markup)
    if message.is_topic_message and message.message_thread_id:
        arguments["message_thread_id"] = message.message_thread_id
    return _call(message, "sendMessage", arguments, part.plain)


def _call(
    message: TelegramMessage, method: str, arguments: Mapping[str, Any], plain: str | None = None
) -> OutgoingCall:
    return OutgoingCall(message.chat_id, method, {"chat_id": message.chat_id, **arguments}, plain)


def _text(part: Part) -> dict[str, Any]:
    return {"text": part.html, "parse_mode": ParseMode.HTML.value, "link_preview_options": _NO_PREVIEW}


def _replying(message_id: int) -> dict[str, Any]:
    """Has it sent as a reply where that message is still there."""
    return {"reply_parameters": {"message_id": message_id, "allow_sending_without_reply": True}}


def _markup(markup: _Markup) -> dict[str, Any]:
    return {"reply_markup": markup.to_dict()} if markup else {}


def _kept(message: TelegramMessage, actions: Sequence[Action], language: Language) -> InlineKeyboardMarkup | None:
    """The message's keyboard with the rows whose buttons all stay."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    kept = [(action, language) for action in actions]
    left = [row for row in rows if all(decode(str(button.callback_data)) in kept for button in row)]
    return InlineKeyboardMarkup(left) if left else None


def keyboard(shown: Message, language: Language) -> InlineKeyboardMarkup | None:
    """The keyboard of a message in that language, or None for a message without buttons.

    There is one button a row, because the labels are whole questions; only verdicts share one.
    """
    rows = [[_inline(button, language)] for button in shown.buttons]
    if shown.verdict:
        rows.append([_inline(button, language) for button in shown.verdict])
    return InlineKeyboardMarkup(rows) if rows else None


def _inline(button: Button, language: Language) -> InlineKeyboardButton:
    return InlineKeyboardButton(label(button.label), callback_data=encode(button.action, language))


def label(text: str) -> str:
    """The text as one line that fits a button."""
    line = " ".join(encodable(text).split())
    if not line.strip(_INVISIBLE):
        return "…"
    return line if len(line) <= MOST_LABEL_CHARACTERS else line[: MOST_LABEL_CHARACTERS - 1].rstrip() + "…"
