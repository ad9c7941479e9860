"""Which messages are meant for the assistant: all of a private chat's, and in a group those that name it."""

import re

from telegram import Message, MessageEntity
from telegram.constants import ChatType

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
