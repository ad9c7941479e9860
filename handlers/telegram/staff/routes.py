"""Which update goes to which handler of the staff group; these are asked before those of citizens."""

from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler
from telegram.ext.filters import MessageFilter, StatusUpdate
from telegram.ext.filters import UpdateType as Kind

from handlers.telegram.citizens.addressing import names_us
from handlers.telegram.context import Context
from handlers.telegram.staff.callback_data import PREFIX
from handlers.telegram.staff.commands import Commands
from handlers.telegram.staff.moving import Moving
from handlers.telegram.staff.pressing import Pressing
from handlers.telegram.staff.replying import Replying
from handlers.telegram.staff.room import StaffRoom


class _InStaffChat(MessageFilter):
    """Messages of the staff group, wherever it is now."""

    def __init__(self, room: StaffRoom) -> None:
        super().__init__(name="IN_STAFF_CHAT")
        self._room = room

    def filter(self, message: Message) -> bool:
        return message.chat.id == self._room.chat


class _NamesUs(MessageFilter):
    """Messages with the assistant's @name: questions as anybody may ask them in a group."""

    def filter(self, message: Message) -> bool:
        return names_us(message)


def staff_handlers(room: StaffRoom) -> list[BaseHandler[Update, Context, Any]]:
    """The handlers, in the order in which they are asked.

    What is said in the staff group is for staff among themselves, unless it replies to a card or names the assistant.
    """
    here, commands, replying = _InStaffChat(room), Commands(room), Replying(room)
    is_reply = _IsReply(name="IS_REPLY")
    return [
        CallbackQueryHandler(Pressing(room).press, pattern=f"^{PREFIX}"),
        MessageHandler(here & StatusUpdate.MIGRATE, Moving(room).follow),
        CommandHandler("open", commands.open, Kind.MESSAGE),
        CommandHandler("digest", commands.digest, Kind.MESSAGE),
        CommandHandler("stats", commands.stats, Kind.MESSAGE),
        CommandHandler("help", commands.help, Kind.MESSAGE & here),
        MessageHandler(here & is_reply, replying.take),
        MessageHandler(here & ~_NamesUs(name="NAMES_US"), _leave_alone),
    ]


class _IsReply(MessageFilter):
    """Replies to messages of the bot's own."""

    def filter(self, message: Message) -> bool:
        replied = message.reply_to_message
        return bool(replied and replied.from_user and replied.from_user.id == message.get_bot().id)


async def _leave_alone(_: Update, __: Context) -> None:
    """Does nothing."""
