"""Commands of staff, and their list in Telegram's menu of the group."""

import logging

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from handlers.telegram.citizens.addressing import names_us
from handlers.telegram.outbox.calls import call
from handlers.telegram.staff.authorising import authorised
from handlers.telegram.staff.chart import chart
from handlers.telegram.staff.figures import digest_text, open_list, statistics_text
from handlers.telegram.staff.markup import literal
from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.staff.saying import Saying
from handlers.telegram.updates.effects import Effects

_DAYS = 30
NAMES = ("stats", "open", "digest")
"""These say something of citizens' questions; `help` does not."""

logger = logging.getLogger(__name__)


class Commands:
    """Answers the commands of members of the staff."""

    def __init__(self, room: StaffRoom) -> None:
        self._room = room

    async def open(self, update: Update, effects: Effects) -> None:
        """The unfinished groups."""
        message = await self._allowed(update, effects, "/open")
        if message:
            Saying(message, self._room, effects).reply(*await open_list(self._room))

    async def digest(self, update: Update, effects: Effects) -> None:
        """How the work stands."""
        message = await self._allowed(update, effects, "/digest")
        if message:
            Saying(message, self._room, effects).reply(
                *digest_text(await self._room.follow_up.reports.digest(), self._room)
            )

    async def stats(self, update: Update, effects: Effects) -> None:
        """Figures, with a picture.

        The outbox keeps no files, so the picture is sent at once: when it fails, or the update is handled twice, the
        figures, which say the same, are right all the same.
        """
        message = await self._allowed(update, effects, "/stats")
        if not message:
            return
        statistics = await self._room.follow_up.reports.statistics(_DAYS)
        Saying(message, self._room, effects).reply(statistics_text(statistics, self._room))
        await self._send_picture(message, chart(statistics.by_day))

    async def help(self, update: Update, effects: Effects) -> None:
        """What staff can do."""
        if update.effective_message:
            Saying(update.effective_message, self._room, effects).reply(literal(self._room.words.help))

    async def _allowed(self, update: Update, effects: Effects, command: str) -> Message | None:
        message = update.effective_message
        if not message or not _is_for_us(message, self._room):
            return None
        return message if await authorised(update, self._room, effects, command) else None

    async def _send_picture(self, message: Message, picture: bytes) -> None:
        room = self._room
        thread = message.message_thread_id if message.is_topic_message else None
        try:
            await room.bot.send_photo(
                room.chat, picture, caption=room.words.chart.format(days=_DAYS), message_thread_id=thread
            )
            room.pace.spend()
        except TelegramError as error:
            logger.warning("The picture of the statistics was not sent: %s", error.message)


def _is_for_us(message: Message, room: StaffRoom) -> bool:
    """In other groups a command without a name may be another bot's."""
    return message.chat.id == room.chat or message.chat.type == ChatType.PRIVATE or names_us(message)


async def introduce_to_staff(room: StaffRoom) -> None:
    """Lists the commands in the group's menu; without that they work too."""
    words = room.words
    listed = {"open": words.command_open, "digest": words.command_digest, "stats": words.command_stats}
    commands = [
        {"command": name, "description": text} for name, text in (listed | {"help": words.command_help}).items()
    ]
    scope = {"type": "chat", "chat_id": room.chat}
    try:
        if await call(room.bot, "getMyCommands", {"scope": scope}) != commands:
            await call(room.bot, "setMyCommands", {"commands": commands, "scope": scope})
    except TelegramError as error:
        logger.warning("Telegram did not take the commands of the staff group: %s", error.message)
