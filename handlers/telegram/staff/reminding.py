"""Reminds staff of what is overdue, and sends them a digest a day."""

from datetime import time
from typing import Any

from bot.delivery import Outbox
from bot.records.groups import Group
from handlers.telegram.staff.card_calls import text_call
from handlers.telegram.staff.figures import digest_text
from handlers.telegram.staff.markup import literal, quoted
from handlers.telegram.staff.prompts import PromptKind
from handlers.telegram.staff.room import StaffRoom

DIGEST_AT = time(9)
"""In the city's time zone."""
_AT_ONCE = 3
"""Reminders a turn; where more is overdue, the digest says so."""
_CHANNEL = "telegram-staff"


class Reminding:
    """Puts reminders and digests into the group, each once."""

    def __init__(self, room: StaffRoom, outbox: Outbox) -> None:
        self._room = room
        self._outbox = outbox

    async def remind(self) -> int:
        """Sends what is due; how many messages that were. Raises StorageError."""
        sent = 0
        for group in await self._room.follow_up.reports.overdue(_AT_ONCE):
            sent += await self._remind_of(group)
        return sent + await self._send_digest()

    async def _remind_of(self, group: Group) -> int:
        room = self._room
        if room.pace.room() < 1:
            return 0
        card = await room.store.cards.get(group.number, room.chat)
        place: dict[str, Any] = {"message_thread_id": card.thread} if card and card.thread else {}
        if card and card.message:
            place["reply_parameters"] = {"message_id": card.message, "allow_sending_without_reply": True}
        before, after = room.words.reminder.split("{title}")
        named = {"number": group.number, "due": room.moment(group.due_at)}
        html = literal(before.format(**named)) + quoted(group.title) + literal(after.format(**named))
        reference = f"prompt:{room.chat}:{group.number}:{PromptKind.ANSWER}"
        async with room.follow_up.workspace.storage.unit():
            if not await room.follow_up.reports.remind(group.number):
                return 0
            await self._outbox.add([text_call(room.chat, html, reference=reference, **place)], room.now())
        room.pace.spend()
        return 1

    async def _send_digest(self) -> int:
        """Sends the digest of the day when its hour has come; none where there is nothing to say."""
        room = self._room
        if room.now().astimezone(room.follow_up.workspace.timezone).time() < DIGEST_AT or room.pace.room() < 1:
            return 0
        digest = await room.follow_up.reports.digest()
        async with room.follow_up.workspace.storage.unit():
            if not await room.follow_up.reports.claim_digest(_CHANNEL):
                return 0
            if not (digest.open or digest.taken or digest.drafted or digest.new_drafts or digest.failed):
                return 0
            html, keyboard = digest_text(digest, room)
            await self._outbox.add([text_call(room.chat, html, keyboard)], room.now())
        room.pace.spend()
        return 1
