"""Everything between Telegram and the handlers, for one bot: receiving, handling and sending, each at its own pace."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from telegram.error import TelegramError

from bot.event_loop import LastingTasks
from bot.journal import Journal
from bot.metrics import Levels, Metrics, ReplyTimes
from bot.storage.outbox import OnEnd
from bot.storage.storage import Storage
from handlers.telegram.bot import Bot
from handlers.telegram.errors import TelegramStartError
from handlers.telegram.outbox.api_errors import TokenRefusedError
from handlers.telegram.outbox.gateway import call
from handlers.telegram.outbox.sender import Sender
from handlers.telegram.staff.staff_group import StaffGroup
from handlers.telegram.updates.dispatcher import Dispatcher
from handlers.telegram.updates.intake import Intake
from handlers.telegram.updates.polling import Polling
from handlers.telegram.updates.transaction import DegradedReplies, Router, UpdateTransaction
from handlers.telegram.updates.webhook import Webhook, keep_webhook

_LONGEST_SILENCE = 30.0
"""Seconds; a poll without news ends long before."""
_ASKING_SECONDS = 2.0
_HANDLING_SECONDS = 4.0
_SENDING_SECONDS = 3.0
"""Whoever stops a program usually kills it after ten seconds."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Channel:
    """Under which name the door keeps its updates and calls, whose group is the staff's, and what time it is."""

    name: str
    clock: Callable[[], datetime]
    staff: StaffGroup | None = None
    metrics: Metrics = field(default_factory=Metrics)
    journal: Journal | None = None


class Door:
    """One bot's door. What it receives is stored at once, and handled as soon as the services are there."""

    def __init__(self, bot: Bot, storage: Storage, channel: Channel, on_end: Mapping[str, OnEnd] | None = None) -> None:
        """`on_end` says who is told how calls with a reference ended, as `Storage.outbox` has it."""
        self.bot = bot
        self.inbox = storage.inbox(channel.name)
        self.outbox = storage.outbox(channel.name, on_end)
        self.metrics = channel.metrics
        self._reply_times = ReplyTimes(self.metrics.reply_seconds, channel.clock)
        self.sender = Sender(bot, self.outbox, channel.clock, reply_times=self._reply_times)
        self.intake = Intake(
            self.inbox,
            channel.clock,
            bot=bot,
            numbers=self.sender.numbers,
            metrics=self.metrics,
            staff=channel.staff,
            journal=channel.journal,
        )
        self.polling = Polling(bot, self.intake, self.sender.telegram_answers)
        self.tasks = LastingTasks(TelegramStartError)
        self.connected = False
        self._keeps_webhook = False
        self._storage = storage
        self._clock = channel.clock
        self._transaction: UpdateTransaction | None = None
        self._dispatcher: Dispatcher | None = None
        self._router: Router | None = None

    def is_busy(self) -> bool:
        """Whether updates are being handled now."""
        is_handling = self._dispatcher is not None and not self._dispatcher.idle
        return is_handling or (self._transaction is not None and self._transaction.is_acknowledging)

    async def problem(self) -> str:
        """What keeps Telegram from its part, in words that anybody may read; empty where all is well."""
        if not self.connected:
            return "it was not reached yet"
        heard = self.intake.last_at
        if self.polling.is_running and (not heard or self._age(heard) > _LONGEST_SILENCE):
            return f"no updates could be fetched for over {_LONGEST_SILENCE:g} seconds"
        try:
            await call(self.bot, "getMe", {}, _ASKING_SECONDS)
        except TokenRefusedError:
            return "it does not accept the token any more"
        except TelegramError:
            return "it does not answer"
        return ""

    async def levels(self) -> Levels:
        """How much waits. Raises StorageError."""
        self._count()
        updates, calls = await self.inbox.counts(), await self.outbox.counts()
        questions, heard = await self._storage.questions.waiting(self._clock()), self.intake.last_at
        return Levels(
            updates_waiting=updates.waiting,
            updates_oldest_seconds=self._age(updates.oldest),
            updates_dead=updates.dead,
            calls_waiting=calls.waiting,
            calls_oldest_seconds=self._age(calls.oldest),
            questions_open=questions.count,
            questions_oldest_seconds=self._age(questions.oldest),
            questions_open_longer=questions.longer_than,
            poll_age_seconds=self._age(heard) if self.polling.is_running and heard else None,
            knowledge_entries=self._entries(),
            is_leader=self.polling.is_running or self._keeps_webhook,
        )

    def _count(self) -> None:
        """Brings the counts up to date that others keep."""
        sent = self.sender.counters
        self.metrics.calls_sent, self.metrics.calls_retried = sent.sent, sent.retried
        self.metrics.calls_closed, self.metrics.calls_throttled = sent.closed.total(), sent.refused
        self.metrics.calls_unforeseen = sent.unforeseen
        self.metrics.storage_failures, self.metrics.task_restarts = self._storage.failures, self.tasks.restarts

    def _entries(self) -> int | None:
        return len(self._router.dialogue.assistant.knowledge.entries) if self._router else None

    def _age(self, moment: datetime | None) -> float:
        return (self._clock() - moment).total_seconds() if moment else 0.0

    async def bring_by_webhook(self, webhook: Webhook) -> None:
        """Has Telegram bring updates to the webhook, until it is cancelled."""
        self._keeps_webhook = True
        try:
            await keep_webhook(self.bot, webhook, self.intake.caught_up)
        finally:
            self._keeps_webhook = False

    async def run(self, router: Awaitable[Router]) -> None:
        """Handles and sends until it is cancelled; then what was begun is ended, for as long as there is time."""
        emptying = asyncio.create_task(self.tasks.run("journal", self.intake.empty_journal_regularly))
        sending = asyncio.create_task(self.tasks.run("sending", self.sender.run))
        try:
            ready = self._router = await router
            self._transaction = transaction = UpdateTransaction(
                self.bot,
                ready,
                self._storage,
                intake=self.intake,
                inbox=self.inbox,
                outbox=self.outbox,
                clock=self._clock,
                metrics=self.metrics,
                reply_times=self._reply_times,
                kept=self.sender.wake,
            )
            self.intake.serve = DegradedReplies(transaction, self._storage, self.bot, self.sender.numbers.came_in).serve
            self._dispatcher = dispatcher = Dispatcher(self.inbox, transaction, self._clock, self.intake.news)
            self.intake.goes_on = dispatcher.takes_more
            try:
                await self.tasks.run("handling", dispatcher.run)
            finally:
                await dispatcher.finish(_HANDLING_SECONDS)
        finally:
            await self.sender.drain(_SENDING_SECONDS)
            emptying.cancel()
            sending.cancel()
            await asyncio.wait([emptying, sending])
