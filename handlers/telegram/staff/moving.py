"""The staff group gets another number when Telegram makes it a supergroup."""

import logging

from telegram import Update

from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.updates.effects import Effects

logger = logging.getLogger(__name__)


class Moving:
    """Follows the group to its new number, also after the next start."""

    def __init__(self, room: StaffRoom) -> None:
        self._room = room

    async def follow(self, update: Update, _: Effects) -> None:
        """Keeps the new number; cards are made anew there, as the old messages cannot be edited from it."""
        message = update.effective_message
        if not message or message.chat.id != self._room.chat or not message.migrate_to_chat_id:
            return
        await self._room.store.prompts.move_chat(message.chat.id, message.migrate_to_chat_id)
        self._room.move_to(message.migrate_to_chat_id)
        logger.warning(
            "The staff group has a new number, which is used from now on. Set STAFF_CHAT_ID=%d", self._room.chat
        )
