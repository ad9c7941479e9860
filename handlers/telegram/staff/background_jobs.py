"""What goes on beside the handlers: questions are grouped, citizens told, cards kept, and staff reminded."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import time
from functools import partial
from typing import Any

from telegram.error import TelegramError

from bot.delivery import Outbox
from bot.errors import AssistantError
from bot.follow_up.notification import NoticeDoor
from bot.follow_up.placement import Placer
from bot.follow_up.service import FollowUp
from bot.records.groups import Group
from bot.storage.outbox import OnEnd
from bot.storage.storage import Storage
from handlers.telegram.citizens.outgoing import TelegramNotices
from handlers.telegram.staff.card_board import CardBoard
from handlers.telegram.staff.interaction import PromptKind
from handlers.telegram.staff.markup import literal, quoted, text_call
from handlers.telegram.staff.staff_group import StaffGroup
from handlers.telegram.staff.staff_handlers import introduce_to_staff
from handlers.telegram.staff.staff_messages import digest_text

DIGEST_AT = time(9)
"""In the city's time zone."""
_REMINDERS_AT_ONCE = 3
"""Where more is overdue, the digest says so."""
_DIGEST_CHANNEL = "telegram-staff"
_SECONDS_BETWEEN = 1.0
_REMINDING_SECONDS = 30.0
_FOLLOWING_SECONDS = 10.0
_AFTER_DEFECT = 5.0

logger = logging.getLogger(__name__)


class BackgroundJobs:
    """Groups questions, tells citizens, and keeps the staff group where there is one."""

    def __init__(self, follow_up: FollowUp, staff: StaffGroup | None, channel: str = "telegram") -> None:
        self._follow_up = follow_up
        self._staff = staff
        self._board = CardBoard(staff) if staff else None
        self._channel = channel

    @property
    def on_end(self) -> Mapping[str, OnEnd]:
        """What the outbox of the channel must be opened with."""
        return {**self._follow_up.notification.listeners, **(self._board.listeners if self._board else {})}

    async def run_everywhere(self, storage: Storage, outbox: Outbox, placer: Placer) -> None:
        """Run in every process until it is cancelled: one of them at a time does the work."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(storage.lead("follow-up", partial(self.run, outbox, placer)))
            if self._staff:
                follow = self._staff.follow_migration
                tasks.create_task(_regularly(follow, _FOLLOWING_SECONDS, "Where the staff group is"))

    async def run(self, outbox: Outbox, placer: Placer) -> None:
        """Does the work until it is cancelled; only one process on a database at a time may."""
        place = partial(self._follow_up.placement.place_regularly, placer)
        tell = partial(
            self._follow_up.notification.tell_regularly, {self._channel: NoticeDoor(TelegramNotices(), outbox)}
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_regularly(place, _AFTER_DEFECT, "Groups"))
            tasks.create_task(_regularly(tell, _AFTER_DEFECT, "Answers"))
            if self._staff:
                tasks.create_task(introduce_to_staff(self._staff))
                refresh, remind = partial(self.refresh, outbox), partial(self.remind, outbox)
                tasks.create_task(_regularly(refresh, _SECONDS_BETWEEN, "The staff's cards"))
                tasks.create_task(_regularly(remind, _REMINDING_SECONDS, "The staff's reminders"))

    async def refresh(self, outbox: Outbox) -> int:
        """Has cards shown that are due; how many calls that were. Raises StorageError and TelegramError."""
        return await self._board.refresh(outbox) if self._board else 0

    async def remind(self, outbox: Outbox) -> int:
        """Has reminders and the digest sent that are due; how many that were. Raises StorageError."""
        return await Reminders(self._staff, outbox).remind() if self._staff else 0


class Reminders:
    """Puts reminders and digests into the group, each once."""

    def __init__(self, staff: StaffGroup, outbox: Outbox) -> None:
        self._staff = staff
        self._outbox = outbox

    async def remind(self) -> int:
        """Sends what is due; how many messages that were. Raises StorageError."""
        sent = 0
        for group in await self._staff.follow_up.reports.overdue(_REMINDERS_AT_ONCE):
            sent += await self._remind_of(group)
        return sent + await self._send_digest()

    async def _remind_of(self, group: Group) -> int:
        staff = self._staff
        if staff.budget.left() < 1:
            return 0
        card = await staff.store.cards.get(group.number, staff.chat)
        place: dict[str, Any] = {"message_thread_id": card.thread} if card and card.thread else {}
        if card and card.message:
            place["reply_parameters"] = {"message_id": card.message, "allow_sending_without_reply": True}
        before, after = staff.words.reminder.split("{title}")
        named = {"number": group.number, "due": staff.moment(group.due_at)}
        html = literal(before.format(**named)) + quoted(group.title) + literal(after.format(**named))
        reference = f"prompt:{staff.chat}:{group.number}:{PromptKind.ANSWER}"
        async with staff.follow_up.workspace.storage.unit():
            if not await staff.follow_up.reports.remind(group.number):
                return 0
            await self._outbox.add([text_call(staff.chat, html, reference=reference, **place)], staff.now())
        staff.budget.spend()
        return 1

    async def _send_digest(self) -> int:
        """Sends the digest of the day when its hour has come; none where there is nothing to say."""
        staff = self._staff
        if staff.now().astimezone(staff.follow_up.workspace.timezone).time() < DIGEST_AT or staff.budget.left() < 1:
            return 0
        digest = await staff.follow_up.reports.digest()
        async with staff.follow_up.workspace.storage.unit():
            if not await staff.follow_up.reports.claim_digest(_DIGEST_CHANNEL):
                return 0
            if not (digest.open or digest.taken or digest.drafted or digest.new_drafts or digest.failed):
                return 0
            html, keyboard = digest_text(digest, staff)
            await self._outbox.add([text_call(staff.chat, html, keyboard)], staff.now())
        staff.budget.spend()
        return 1


async def _regularly(work: Callable[[], Awaitable[object]], seconds: float, about: str) -> None:
    """Does it again and again; whatever goes wrong is tried again, and written into the log when it is new."""
    last = ""
    while True:
        try:
            await work()
            last = ""
        except (AssistantError, TelegramError) as error:
            if str(error) != last:
                logger.warning("%s could not be kept; tried again: %s", about, error)
            last = str(error)
        except Exception:
            if last != "defect":
                logger.exception("%s could not be kept; tried again", about)
            last = "defect"
        await asyncio.sleep(seconds)
