"""Forum topics: each card has one of its own where the staff group is a forum and the bot may manage topics."""

import logging

from telegram.error import BadRequest, Forbidden

from bot.records.groups import Group
from handlers.telegram.outbox.calls import call
from handlers.telegram.outbox.meaning import says
from handlers.telegram.staff.markup import shortened
from handlers.telegram.staff.room import StaffRoom

_LONGEST_NAME = 100
_TRIED_AGAIN_SECONDS = 600.0
_THERE = ("not_modified", "not modified")

logger = logging.getLogger(__name__)


class Topics:
    """Makes topics. Where that cannot be done, it is tried again only after ten minutes."""

    def __init__(self, room: StaffRoom) -> None:
        self._room = room
        self._impossible_until: dict[int, float] = {}

    async def place(self, group: Group, known: int | None) -> int | None:
        """The topic for the group's card: the one that is known, if it is still there, or a new one.

        None where cards are plain messages of the group. Raises TelegramError when Telegram cannot be asked now.
        """
        if known and await self._lasts(group, known):
            return known
        if self._room.pace.seconds() < self._impossible_until.get(self._room.chat, 0.0):
            return None
        return await self._make(group)

    async def _make(self, group: Group) -> int | None:
        room = self._room
        room.pace.spend()
        try:
            made = await call(room.bot, "createForumTopic", {"chat_id": room.chat, "name": self._name(group)})
        except (BadRequest, Forbidden) as error:
            logger.info("Cards of the staff group are plain messages: %s", error.message)
            self._impossible_until[room.chat] = room.pace.seconds() + _TRIED_AGAIN_SECONDS
            return None
        thread = made.get("message_thread_id") if isinstance(made, dict) else None
        return thread if isinstance(thread, int) else None

    async def _lasts(self, group: Group, thread: int) -> bool:
        """Whether the topic is there: giving it the name that it has changes nothing."""
        arguments = {"chat_id": self._room.chat, "message_thread_id": thread, "name": self._name(group)}
        self._room.pace.spend()
        try:
            await call(self._room.bot, "editForumTopic", arguments)
        except (BadRequest, Forbidden) as error:
            return says(error, *_THERE)
        return True

    def _name(self, group: Group) -> str:
        name = self._room.words.topic.format(number=group.number, title=group.title)
        return shortened(name, _LONGEST_NAME)
