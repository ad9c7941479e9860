"""Which messages are meant for the assistant: all of a private chat's, and in a group those that name it."""

import re

from telegram import Message, MessageEntity
from telegram.constants import ChatType
from telegram.ext.filters import MessageFilter


class _Private(MessageFilter):
    """Messages of a private chat."""

    def filter(self, message: Message) -> bool:
        return message.chat.type == ChatType.PRIVATE


class _Addressed(MessageFilter):
    """Messages that a group's members send to the assistant, or any in a private chat; never another bot's."""

    def filter(self, message: Message) -> bool:
        if message.from_user and message.from_user.is_bot:
            return False
        return message.chat.type == ChatType.PRIVATE or _is_reply_to_us(message) or names_us(message)


PRIVATE = _Private(name="PRIVATE")
ADDRESSED = _Addressed(name="ADDRESSED")


def without_name(message: Message) -> str:
    """The text or caption of a message without the assistant's @name."""
    text = message.text or message.caption or ""
    return re.sub(rf"@{re.escape(message.get_bot().username)}\b", " ", text, flags=re.IGNORECASE)


def _is_reply_to_us(message: Message) -> bool:
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
