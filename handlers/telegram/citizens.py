"""Citizens' updates as turns of the dialogue, and its messages as calls of the Bot API.

What was said or pressed, and whether it is meant for the assistant, goes in; HTML in parts that fit, keyboards and
replies come out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from telegram import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    MessageEntity,
    Update,
)
from telegram import Message as TelegramMessage
from telegram.constants import ChatType, ParseMode
from telegram.ext.filters import StatusUpdate

from bot.delivery import OutgoingCall
from bot.dialogue.dialogue import COMMANDS
from bot.dialogue.messages import (
    Action,
    Button,
    ChatAddress,
    Commanded,
    Edited,
    Message,
    OtherMedia,
    Pressed,
    Quoted,
    Response,
    Said,
    Turn,
    decode_action,
    encodable,
    encode_action,
    runs_of,
)
from bot.dialogue.presenter import notice
from bot.follow_up.notification import Notice
from bot.records.questions import Asker
from knowledge.base import Language
from knowledge.finding import Outcome

CHANNEL = "telegram"
"""Names this door in the origin of a recorded question and in the name of a conversation."""

Content = Said | Commanded | Pressed | OtherMedia | Edited


def turn_of(update: Update) -> Turn | None:
    """What a citizen did, or None where it is not meant for the assistant."""
    language, query = language_of(update), update.callback_query
    if query:  # Telegram does not say under which message where that is not the bot's own
        return _turn(query.message, _pressed(query, language), language) if query.message else None
    message = update.effective_message
    content = (_edited(message) if update.edited_message else _sent(update, message)) if message else None
    return _turn(message, content, language) if message and content else None


def language_of(update: Update) -> Language:
    """The language of a citizen's app: Korean, or else English."""
    user = update.effective_user
    return "ko" if user and (user.language_code or "").lower().startswith("ko") else "en"


def _turn(message: MaybeInaccessibleMessage, content: Content, language: Language) -> Turn:
    called = None if message.chat.type == ChatType.PRIVATE else message.get_bot().username
    album = message.media_group_id if isinstance(message, TelegramMessage) else None
    return Turn(ChatAddress(CHANNEL, message.chat.id), message.message_id, content, language, called, album)


def _sent(update: Update, message: TelegramMessage) -> Content | None:
    if is_addressed(message) or command_in(message) in COMMANDS:
        if message.text or message.caption:
            return Said(without_name(message), _quoted(message))
        if message.chat.type == ChatType.PRIVATE and not StatusUpdate.ALL.filter(update):
            return OtherMedia()
    return None


def _edited(message: TelegramMessage) -> Content | None:
    text = message.text or message.caption
    return Edited(text) if text and message.chat.type == ChatType.PRIVATE else None


def _quoted(message: TelegramMessage) -> Quoted | None:
    replied = message.reply_to_message
    return Quoted(replied.message_id, replied.text or "") if replied else None


def _pressed(query: CallbackQuery, language: Language) -> Pressed:
    pressed, message = decode_action(query.data or ""), query.message
    if not pressed or not isinstance(message, TelegramMessage):
        return Pressed(None, language)
    action, spoken = pressed
    asked = message.reply_to_message
    return Pressed(
        action,
        spoken,
        _buttons(message, spoken),
        asked.message_id if asked else None,
        by_asker=bool(asked and asked.from_user and asked.from_user.id == query.from_user.id),
    )


def _buttons(message: TelegramMessage, language: Language) -> tuple[Action, ...]:
    """The actions of the message's buttons in that language."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    read = (decode_action(str(button.callback_data)) for row in rows for button in row)
    return tuple(action for action, spoken in filter(None, read) if spoken == language)


_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?!\S)")


def is_addressed(message: TelegramMessage) -> bool:
    """Whether a group's member sent it to the assistant, or anybody in a private chat; never another bot."""
    if message.from_user and message.from_user.is_bot:
        return False
    return message.chat.type == ChatType.PRIVATE or replies_to_us(message) or names_us(message)


def replies_to_us(message: TelegramMessage) -> bool:
    """Whether it replies to a message of the assistant's own."""
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == message.get_bot().id)


def names_us(message: TelegramMessage) -> bool:
    """Whether the @name stands in the text as a mention; inside another word or address it is none."""
    ours = f"@{message.get_bot().username}".lower()
    mentions = message.parse_entities([MessageEntity.MENTION]) | message.parse_caption_entities([MessageEntity.MENTION])
    commands = message.parse_entities([MessageEntity.BOT_COMMAND])
    return any(name.lower() == ours for name in mentions.values()) or any(
        command.lower().endswith(ours) for command in commands.values()
    )


def without_name(message: TelegramMessage) -> str:
    """The text or caption of a message without the assistant's @name."""
    text = message.text or message.caption or ""
    return re.sub(rf"@{re.escape(message.get_bot().username)}\b", " ", text, flags=re.IGNORECASE)


def command_in(message: TelegramMessage) -> str | None:
    """The name of the command that a message begins with, for every bot in the chat or for this one; else None."""
    found = _COMMAND.match(message.text or "")
    ours = found and (found["bot"] or "").lower() in {"", message.get_bot().username.lower()}
    return found["name"].lower() if found and ours else None


MOST_UNITS = 4096
"""What one message holds. Telegram counts code points; UTF-16 units are never fewer, and some clients count those."""

_INVISIBLE = "".join(map(chr, range(33))) + "\u00a0\u2000\u200b\u2028\u2029\u3000"
"""Telegram trims these off, and refuses a message of nothing else."""
_NOTHING = "…"
_GOOD_PLACES = ("\n\n", "\n", " ")


@dataclass(frozen=True, slots=True)
class Part:
    """One message's text, as HTML and as plain text for when Telegram cannot read the HTML."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    bold: bool

    def html(self) -> str:
        escaped = escape(self.text, quote=False)
        return f"<b>{escaped}</b>" if self.bold else escaped


def render(text: str) -> list[Part]:
    """The text of a message in as many parts as it needs; always at least one, and none that looks empty."""
    return _parts([_Run(*run) for run in runs_of(encodable(text))])


def render_literally(text: str) -> list[Part]:
    """The same for a text in which nothing is markup: what is written is what is read."""
    return _parts([_Run(encodable(text), bold=False)])


def _parts(runs: list[_Run]) -> list[Part]:
    parts = [_part(page) for page in _split(runs)]
    return [part for part in parts if part.plain.strip(_INVISIBLE)] or [Part(_NOTHING, _NOTHING)]


def _part(runs: Iterable[_Run]) -> Part:
    shown = [run for run in runs if run.text]
    return Part("".join(run.html() for run in shown), "".join(run.text for run in shown))


def _split(runs: list[_Run]) -> list[list[_Run]]:
    """The runs in pages that fit."""
    pages = []
    rest = runs
    while rest:
        end = _page_end("".join(run.text for run in rest))
        page, rest = _cut(rest, end)
        pages.append(page)
    return pages


def _page_end(text: str) -> int:
    """After how many characters to break: between paragraphs, lines or words where that wastes less than half."""
    fits = _fitting(text)
    if fits == len(text):
        return fits
    for mark in _GOOD_PLACES:
        place = text.rfind(mark, fits // 2, fits)
        if place > 0:
            return place + len(mark)
    return fits


def _fitting(text: str) -> int:
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > MOST_UNITS:
            return index
    return len(text)


def _cut(runs: list[_Run], end: int) -> tuple[list[_Run], list[_Run]]:
    page: list[_Run] = []
    for index, run in enumerate(runs):
        if end < len(run.text):
            return [*page, _Run(run.text[:end], run.bold)], [_Run(run.text[end:], run.bold), *runs[index + 1 :]]
        page.append(run)
        end -= len(run.text)
    return page, []


@dataclass(frozen=True, slots=True)
class Effects:
    """What is to be done at Telegram for one update.

    `calls` are kept in the outbox together with the update's other effects. `acknowledgements` answer presses, by the
    query's id, with a notice or None: they are worth something only at once, so nobody keeps them. `outcome` is what
    became of a question, where a citizen asked one.
    """

    calls: Sequence[OutgoingCall] = ()
    acknowledgements: Mapping[str, str | None] = field(default_factory=dict)
    outcome: Outcome | None = None


MOST_LABEL_CHARACTERS = 60
"""About two lines of a telephone's screen; longer labels are cut by Telegram's apps without a mark."""
_BLANKS = "\u200b\u2800\u3164"
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
    left = [row for row in rows if all(decode_action(str(button.callback_data)) in kept for button in row)]
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
    return InlineKeyboardButton(label(button.label), callback_data=encode_action(button.action, language))


def label(text: str) -> str:
    """The text as one line that fits a button."""
    line = " ".join(encodable(text).split())
    if not line.strip(_BLANKS):
        return "…"
    return line if len(line) <= MOST_LABEL_CHARACTERS else line[: MOST_LABEL_CHARACTERS - 1].rstrip() + "…"
