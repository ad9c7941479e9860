"""What goes on beside the handlers: questions are grouped, citizens told, cards kept, and staff reminded."""

import asyncio
import html
from collections import deque
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from telegram.error import TelegramError

from bot.delivery import Outbox
from bot.follow_up.notification import NoticeDoor, OutboxDoor
from bot.follow_up.placement import Placer
from bot.follow_up.service import FollowUp, regularly
from bot.matcher_process.supervisor import Listener
from bot.records.groups import Group
from bot.storage.outbox import OnEnd
from bot.storage.storage import Storage
from handlers.telegram.citizens import TelegramNotices
from handlers.telegram.outbox.gateway import Counters
from handlers.telegram.staff.card_board import CardBoard
from handlers.telegram.staff.markup import literal, quoted, text_call
from handlers.telegram.staff.staff_group import PromptKind, StaffGroup
from handlers.telegram.staff.staff_handlers import introduce_to_staff
from handlers.telegram.staff.staff_messages import digest_text, reviews_text
from knowledge.base import Language
from knowledge.wording import report_words

DIGEST_AT = time(9)
"""In the city's time zone."""
_REMINDERS_AT_ONCE = 3
"""Where more is overdue, the digest says so."""
_DIGEST_CHANNEL = "telegram-staff"
_SECONDS_BETWEEN = 1.0
_REMINDING_SECONDS = 30.0
_FOLLOWING_SECONDS = 10.0
_REFUSALS_TOLD_AFTER = timedelta(hours=1)
_MOST_LETTERS = 3000
"""A message of Telegram holds 4,096, and markup takes some."""
_MOST_WAITING = 20
"""Where nobody leads for long, the oldest news are lost; `check` says the same."""


class KnowledgeNews:
    """Hears what becomes of the files, and keeps it until it is told."""

    def __init__(self, language: Language) -> None:
        self._words = report_words(language)
        self._waiting: deque[str] = deque(maxlen=_MOST_WAITING)
        self.listener = Listener(language, self._on_fault, self._on_served)

    def _on_fault(self, fault: str) -> None:
        text = fault if len(fault) <= _MOST_LETTERS else f"{fault[:_MOST_LETTERS]}…"
        self._waiting.append(f"{literal(self._words.not_served)}\n<pre>{html.escape(text, quote=False)}</pre>")

    def _on_served(self, text: str, had_faults: bool) -> None:
        if had_faults:
            self._waiting.append(literal(text))

    async def tell(self, staff: StaffGroup, outbox: Outbox) -> int:
        """Puts the news into the group; how many that were. Raises StorageError, and keeps what was not put."""
        told = 0
        while self._waiting:
            async with staff.follow_up.workspace.storage.unit():
                await outbox.add([text_call(staff.chat, self._waiting[0])], staff.now())
            self._waiting.popleft()
            told += 1
        return told


class RefusalNews:
    """Tells staff that Telegram refused messages for what nobody foresaw: at once, then once an hour, with a count."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._told_at: datetime | None = None

    async def tell(self, staff: StaffGroup, outbox: Outbox) -> int:
        """Puts the news into the group, where there is any and it is time; how many that were. Raises StorageError."""
        now, refused = staff.now(), dict(self._counters.unforeseen_calls)
        if not refused or (self._told_at and now < self._told_at + _REFUSALS_TOLD_AFTER):
            return 0
        text = staff.words.calls_unforeseen.format(count=len(refused), reason=list(refused.values())[-1])
        async with staff.follow_up.workspace.storage.unit():
            await outbox.add([text_call(staff.chat, literal(text))], now)
        self._told_at = now
        for call in refused:
            self._counters.unforeseen_calls.pop(call, None)
        return 1


class BackgroundJobs:
    """Groups questions, tells citizens, and keeps the staff group where there is one."""

    def __init__(
        self,
        follow_up: FollowUp,
        staff: StaffGroup | None,
        channel: str = "telegram",
        other_doors: Mapping[str, NoticeDoor] | None = None,
        news: KnowledgeNews | None = None,
    ) -> None:
        """`other_doors` are those of channels that tell their citizens in another way than this bot."""
        self._follow_up = follow_up
        self._other_doors = other_doors or {}
        self._staff = staff
        self._board = CardBoard(staff) if staff else None
        self._channel = channel
        self._news = news

    @property
    def on_end(self) -> Mapping[str, OnEnd]:
        """What the outbox of the channel must be opened with."""
        return {**self._follow_up.notification.listeners, **(self._board.listeners if self._board else {})}

    async def run_everywhere(self, storage: Storage, outbox: Outbox, placer: Placer, counters: Counters) -> None:
        """Run in every process until it is cancelled: one of them at a time does the work.

        Each tells what Telegram refused it, which its `counters` say.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(storage.lead("follow-up", partial(self.run, outbox, placer)))
            if self._staff:
                follow = self._staff.follow_migration
                tasks.create_task(regularly(follow, _FOLLOWING_SECONDS, "Where the staff group is", TelegramError))
                tell = partial(RefusalNews(counters).tell, self._staff, outbox)
                tasks.create_task(regularly(tell, _REMINDING_SECONDS, "The news of refused messages"))

    async def run(self, outbox: Outbox, placer: Placer) -> None:
        """Does the work until it is cancelled; only one process on a database at a time may."""
        doors = {self._channel: OutboxDoor(TelegramNotices(), outbox), **self._other_doors}
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow_up.place_and_tell(placer, doors))
            if self._staff:
                tasks.create_task(_introduce_wherever(self._staff))
                if self._news:
                    tell = partial(self._news.tell, self._staff, outbox)
                    tasks.create_task(regularly(tell, _SECONDS_BETWEEN, "The news of the knowledge base"))
                refresh, remind = partial(self.refresh, outbox), partial(self.remind, outbox)
                tasks.create_task(regularly(refresh, _SECONDS_BETWEEN, "The staff's cards", TelegramError))
                tasks.create_task(regularly(remind, _REMINDING_SECONDS, "The staff's reminders", TelegramError))

    async def refresh(self, outbox: Outbox) -> int:
        """Has cards shown that are due; how many calls that were. Raises StorageError and TelegramError."""
        return await self._board.refresh(outbox) if self._board else 0

    async def remind(self, outbox: Outbox) -> int:
        """Has reminders and the digest sent that are due; how many that were. Raises StorageError."""
        return await StaffReminders(self._staff, outbox).remind() if self._staff else 0


class StaffReminders:
    """Puts reminders and digests into the group, each once."""

    def __init__(self, staff: StaffGroup, outbox: Outbox) -> None:
        self._staff = staff
        self._outbox = outbox

    async def remind(self) -> int:
        """Sends what is due; how many messages that were. Raises StorageError."""
        sent = 0
        for group in await self._staff.follow_up.reports.overdue(_REMINDERS_AT_ONCE):
            sent += await self._remind_of(group)
        return sent + await self._send_digest() + await self._send_reviews()

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

    def _may_report(self) -> bool:
        """Whether the hour of reports has come, and the group may get one."""
        staff = self._staff
        return (
            staff.now().astimezone(staff.follow_up.workspace.timezone).time() >= DIGEST_AT and staff.budget.left() > 0
        )

    async def _send_reviews(self) -> int:
        """Sends the month's list of entries to look at once more, at the first chance that the month gives."""
        staff, reports = self._staff, self._staff.follow_up.reports
        due = reports.reviews_due() if self._may_report() else {}
        if not due:
            return 0
        async with staff.follow_up.workspace.storage.unit():
            if not await reports.claim_reviews(_DIGEST_CHANNEL):
                return 0
            await self._outbox.add([text_call(staff.chat, reviews_text(due, staff))], staff.now())
        staff.budget.spend()
        return 1

    async def _send_digest(self) -> int:
        """Sends the digest of the day when its hour has come; none where there is nothing to say."""
        staff = self._staff
        if not self._may_report():
            return 0
        digest = await staff.follow_up.reports.digest()
        async with staff.follow_up.workspace.storage.unit():
            if not await staff.follow_up.reports.claim_digest(_DIGEST_CHANNEL):
                return 0
            if not (digest.open or digest.taken or digest.drafted or digest.new_drafts or digest.failed):
                return 0
            html, keyboard = await digest_text(digest, staff)
            await self._outbox.add([text_call(staff.chat, html, keyboard)], staff.now())
        staff.budget.spend()
        return 1


async def _introduce_wherever(staff: StaffGroup) -> None:
    """Lists the commands in the group's menu, and again when the group goes on under another number."""
    introduced = 0
    while True:
        if staff.chat != introduced:
            introduced = staff.chat
            await introduce_to_staff(staff)
        await asyncio.sleep(_FOLLOWING_SECONDS)
