"""Updates of citizens as turns of the dialogue: whom a message is for, and what was said or pressed."""

import re

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext.filters import StatusUpdate

from bot.dialogue.dialogue import COMMANDS
from bot.dialogue.messages import (
    Action,
    ChatAddress,
    Commanded,
    Edited,
    OtherMedia,
    Pressed,
    Quoted,
    Said,
    Turn,
    decode_action,
)
from knowledge.base import Language

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
    album = message.media_group_id if isinstance(message, Message) else None
    return Turn(ChatAddress(CHANNEL, message.chat.id), message.message_id, content, language, called, album)


def _sent(update: Update, message: Message) -> Content | None:
    if is_addressed(message) or command_in(message) in COMMANDS:
        if message.text or message.caption:
            return Said(without_name(message), _quoted(message))
        if message.chat.type == ChatType.PRIVATE and not StatusUpdate.ALL.filter(update):
            return OtherMedia()
    return None


def _edited(message: Message) -> Content | None:
    text = message.text or message.caption
    return Edited(text) if text and message.chat.type == ChatType.PRIVATE else None


def _quoted(message: Message) -> Quoted | None:
    replied = message.reply_to_message
    return Quoted(replied.message_id, replied.text or "") if replied else None


def _pressed(query: CallbackQuery, language: Language) -> Pressed:
    pressed, message = decode_action(query.data or ""), query.message
    if not pressed or not isinstance(message, Message):
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


def _buttons(message: Message, language: Language) -> tuple[Action, ...]:
    """The actions of the message's buttons in that language."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    read = (decode_action(str(button.callback_data)) for row in rows for button in row)
    return tuple(action for action, spoken in filter(None, read) if spoken == language)


_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?!\S)")


def is_addressed(message: Message) -> bool:
    """Whether a group's member sent it to the assistant, or anybody in a private chat; never another bot."""
    if message.from_user and message.from_user.is_bot:
        return False
    return message.chat.type == ChatType.PRIVATE or replies_to_us(message) or names_us(message)


def replies_to_us(message: Message) -> bool:
    """Whether it replies to a message of the assistant's own."""
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == message.get_bot().id)


def names_us(message: Message) -> bool:
    """Whether the @name stands in the text as a mention; inside another word or address it is none."""
    ours = f"@{message.get_bot().username}".lower()
    mentions = message.parse_entities([MessageEntity.MENTION]) | message.parse_caption_entities([MessageEntity.MENTION])
    commands = message.parse_entities([MessageEntity.BOT_COMMAND])
    return any(name.lower() == ours for name in mentions.values()) or any(
        command.lower().endswith(ours) for command in commands.values()
    )


def without_name(message: Message) -> str:
    """The text or caption of a message without the assistant's @name."""
    text = message.text or message.caption or ""
    return re.sub(rf"@{re.escape(message.get_bot().username)}\b", " ", text, flags=re.IGNORECASE)


def command_in(message: Message) -> str | None:
    """The name of the command that a message begins with, for every bot in the chat or for this one; else None."""
    found = _COMMAND.match(message.text or "")
    ours = found and (found["bot"] or "").lower() in {"", message.get_bot().username.lower()}
    return found["name"].lower() if found and ours else None
