"""Which update goes to which handler of the staff group; it is asked before the citizens' side."""

from collections.abc import Awaitable, Callable

from telegram import Message, Update
from telegram.ext.filters import StatusUpdate

from handlers.telegram.citizens.addressing import command_in, names_us, replies_to_us
from handlers.telegram.staff.callback_data import PREFIX
from handlers.telegram.staff.commands import Commands
from handlers.telegram.staff.moving import Moving
from handlers.telegram.staff.pressing import Pressing
from handlers.telegram.staff.replying import Replying
from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.updates.effects import Effects

Handler = Callable[[Update, Effects], Awaitable[None]]
"""Handles one update; what is to be done at Telegram it adds to the effects. Raises StorageError."""


class StaffRoutes:
    """The handlers of one staff group.

    What is said in the group is for staff among themselves, unless it replies to a card or names the assistant.
    """

    def __init__(self, room: StaffRoom) -> None:
        self.room = room
        commands = Commands(room)
        self._commands: dict[str, Handler] = {
            "open": commands.open,
            "digest": commands.digest,
            "stats": commands.stats,
        }
        self._help = commands.help
        self._move = Moving(room).follow
        self._press = Pressing(room).press
        self._reply = Replying(room).take

    def of(self, update: Update) -> Handler | None:
        """Whose the update is; None for one that is not staff's."""
        if update.callback_query:
            return self._press if (update.callback_query.data or "").startswith(PREFIX) else None
        message = update.effective_message
        if message is None:
            return None
        command = command_in(message) if update.message else None
        if command in self._commands:
            return self._commands[command]
        return self._here(message, command) if message.chat.id == self.room.chat else None

    def _here(self, message: Message, command: str | None) -> Handler | None:
        if StatusUpdate.MIGRATE.filter(message):
            return self._move
        if command == "help":
            return self._help
        if replies_to_us(message):
            return self._reply
        return None if names_us(message) else _leave_alone


async def _leave_alone(_: Update, __: Effects) -> None:
    """Does nothing."""
