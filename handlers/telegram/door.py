"""Everything between Telegram and the handlers, for one bot: receiving, handling and sending, each at its own pace."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from telegram.error import TelegramError

from bot.event_loop import LastingTasks
from bot.journal import Journal
from bot.metrics import Levels, Metrics
from bot.storage.outbox import OnEnd
from bot.storage.storage import Storage
from handlers.telegram.bot import Bot
from handlers.telegram.citizens import Effects
from handlers.telegram.errors import TelegramStartError
from handlers.telegram.outbox.api_errors import TokenRefusedError
from handlers.telegram.outbox.gateway import ReplyTimes, acknowledge, call
from handlers.telegram.outbox.sender import Sender
from handlers.telegram.staff.staff_group import StaffGroup
from handlers.telegram.updates.degraded import DegradedReplies
from handlers.telegram.updates.dispatcher import Dispatcher
from handlers.telegram.updates.intake import Intake
from handlers.telegram.updates.polling import poll
from handlers.telegram.updates.transaction import Router, UpdateTransaction
from handlers.telegram.updates.webhook import Webhook, keep_webhook

_LOOKING_AGAIN = 0.005
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
            wake=self.wake,
            saw=self.sender.numbers.came_in,
            caught_up=self.sender.numbers.caught_up.set,
            goes_on=lambda: self.dispatcher is not None and self.dispatcher.takes_more,
            metrics=self.metrics,
            journal=channel.journal,
            is_staff_chat=lambda chat: channel.staff is not None and chat == channel.staff.chat,
            own_name=lambda: _name_of(bot),
        )
        self.tasks = LastingTasks(TelegramStartError)
        self.dispatcher: Dispatcher | None = None
        self._router: Router | None = None
        self.connected = False
        self.leads = False
        """Whether this instance is the one that has updates come in."""
        self.polling = False
        """Whether news must come all the time; a webhook may be silent for days, and so may an instance in reserve."""
        self._storage = storage
        self._clock = channel.clock
        self._acknowledging: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be updates to handle."""
        if self.dispatcher:
            self.dispatcher.wake()

    def is_busy(self) -> bool:
        """Whether updates are being handled now."""
        return self.dispatcher is not None and not self.dispatcher.idle

    async def problem(self) -> str:
        """What keeps Telegram from its part, in words that anybody may read; empty where all is well."""
        if not self.connected:
            return "it was not reached yet"
        heard = self.intake.last_at
        if self.polling and (not heard or self._age(heard) > _LONGEST_SILENCE):
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
            poll_age_seconds=self._age(heard) if self.polling and heard else None,
            knowledge_entries=self._entries(),
            is_leader=self.leads,
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

    async def settled(self) -> None:
        """Waits until nothing is left to handle, to send or to acknowledge; what is in the outbox is sent at once."""
        self.sender.wake()
        while not await self._is_settled():  # noqa: ASYNC110 - the database has no event to wait for
            await asyncio.sleep(_LOOKING_AGAIN)

    async def fetch(self) -> None:
        """Has updates come by polling, until it is cancelled. Raises TelegramStartError."""
        self.polling = self.leads = True
        try:
            await poll(self.bot, self.intake, self.sender.telegram_answers)
        finally:
            self.polling = self.leads = False

    async def bring_by_webhook(self, webhook: Webhook) -> None:
        """Has Telegram bring updates to the webhook, until it is cancelled."""
        self.leads = True
        try:
            await keep_webhook(self.bot, webhook, self.intake.caught_up)
        finally:
            self.leads = False

    async def run(self, router: Awaitable[Router]) -> None:
        """Handles and sends until it is cancelled; then what was begun is ended, for as long as there is time."""
        emptying = asyncio.create_task(self.tasks.run("journal", self.intake.empty_journal_regularly))
        sending = asyncio.create_task(self.tasks.run("sending", self.sender.run))
        try:
            ready = self._router = await router
            transaction = UpdateTransaction(
                self.bot,
                ready,
                self._storage,
                intake=self.intake,
                inbox=self.inbox,
                outbox=self.outbox,
                clock=self._clock,
                metrics=self.metrics,
                reply_times=self._reply_times,
            )
            self.intake.serve = DegradedReplies(transaction, self._storage, self.bot, self.sender.numbers.came_in).serve
            self.dispatcher = Dispatcher(self.inbox, transaction, self._kept, self._clock)
            try:
                await self.tasks.run("handling", self.dispatcher.run)
            finally:
                await self.dispatcher.finish(_HANDLING_SECONDS)
        finally:
            await self.sender.drain(_SENDING_SECONDS)
            emptying.cancel()
            sending.cancel()
            await asyncio.wait([emptying, sending])

    async def _is_settled(self) -> bool:
        if not self.dispatcher or not self.dispatcher.idle or self._acknowledging:
            return False
        return not (await self.inbox.counts()).waiting and not (await self.outbox.counts()).waiting

    async def _kept(self, effects: Effects) -> None:
        """The effects are kept: their calls can be made, and presses are answered without anybody waiting for that."""
        self.sender.wake()
        for query, notice in effects.acknowledgements.items():
            task = asyncio.create_task(self._acknowledge(query, notice))
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)

    async def _acknowledge(self, query: str, notice: str | None) -> None:
        """Answers a press; one from before a restart can no longer be answered, and that is nobody's fault."""
        with suppress(TelegramError):
            await acknowledge(self.bot, query, notice)


def _name_of(bot: Bot) -> str:
    """The user name of the bot; empty before Telegram has told it."""
    try:
        return bot.username
    except RuntimeError:
        return ""
