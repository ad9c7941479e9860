"""Runs the handlers on one stored update, and keeps what they want done as a whole or not at all.

While the database cannot be used, what can be answered without it is.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.constants import UpdateType
from telegram.error import TelegramError

from bot.delivery import Inbox, Outbox, WaitingUpdate
from bot.dialogue.considered import Considered
from bot.dialogue.dialogue import Dialogue, apology, too_many
from bot.errors import FinderAwayError, StorageError
from bot.metrics import Metrics, ReplyTimes
from bot.storage.storage import Storage
from handlers.telegram.bot import Bot
from handlers.telegram.citizens import Effects, effects_of, turn_of
from handlers.telegram.errors import UnreadableUpdateError
from handlers.telegram.outbox.gateway import acknowledge, call
from handlers.telegram.staff.staff_handlers import StaffHandler, StaffHandlers
from handlers.telegram.updates.intake import FLOOD_MARK, DegradedResult, Intake
from handlers.telegram.updates.raw_updates import UNREADABLE, Json

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
_SOON = 0.3
"""Seconds in which an update is understood, unless what it needs is away."""
ALLOWED_UPDATES = (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY)


@dataclass(frozen=True, slots=True)
class Routed:
    """An update that is understood: staff's, with its handler, or a citizen's; neither where it asks for nothing."""

    update: Update
    handler: StaffHandler | None = None
    considered: Considered | None = None

    @property
    def unwritten(self) -> Effects:
        """What may be done while nothing can be written."""
        response = self.considered.unwritten if self.considered else None
        return effects_of(response, self.update) if response else Effects()

    @property
    def early(self) -> Effects:
        """What may be done before a question is recorded, by whoever keeps it for that."""
        response = self.considered.early if self.considered else None
        return effects_of(response, self.update) if response else Effects()


class Router:
    """Takes updates to the staff's handlers or to the citizens' dialogue."""

    def __init__(self, dialogue: Dialogue, staff: StaffHandlers | None = None) -> None:
        self.dialogue = dialogue
        self.staff = staff

    async def consider(self, update: Update) -> Routed:
        """Understands an update; nothing is written. Raises what `Dialogue.consider` does."""
        if self.staff:
            await self.staff.follow(update)
        handler = self.staff.of(update) if self.staff else None
        if handler:
            return Routed(update, handler)
        turn = turn_of(update)
        return Routed(update, considered=await self.dialogue.consider(turn) if turn else None)

    def refuse(self, update: Update) -> Routed:
        """An update that was too many: its citizen is told that no more messages are taken for a while."""
        turn = turn_of(update)
        return Routed(update, considered=Considered(turn, too_many(turn)) if turn else None)

    async def settle(self, routed: Routed) -> Effects:
        """Writes what follows from an update, in a unit of work; gives what is to be done. Raises StorageError."""
        if routed.considered:
            return effects_of(await self.dialogue.settle(routed.considered), routed.update)
        return await routed.handler(routed.update) if routed.handler else Effects()


def apologize(update: Update) -> Effects:
    """Tells the citizen that it does not work now."""
    turn = turn_of(update)
    return effects_of(apology(turn), update) if turn else Effects()


class UpdateTransaction:
    """Handles stored updates; one object serves many at once."""

    def __init__(
        self,
        bot: Bot,
        router: Router,
        storage: Storage,
        *,
        intake: Intake,
        inbox: Inbox,
        outbox: Outbox,
        clock: Callable[[], datetime],
        metrics: Metrics,
        reply_times: ReplyTimes,
        kept: Callable[[], None],
    ) -> None:
        """`kept` is told when there are new calls in the outbox."""
        self._bot = bot
        self._router = router
        self._storage = storage
        self._intake = intake
        self._inbox = inbox
        self._outbox = outbox
        self._clock = clock
        self._metrics = metrics
        self._reply_times = reply_times
        self._kept = kept
        self._acknowledging: set[asyncio.Task[None]] = set()

    @property
    def is_acknowledging(self) -> bool:
        """Whether presses are being answered now."""
        return bool(self._acknowledging)

    @property
    def is_held_up(self) -> bool:
        """Whether questions wait here, as what looks them up is away."""
        return self._router.dialogue.assistant.is_finder_away

    async def handle(
        self, waiting: WaitingUpdate, aside: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> bool:
        """Handles the update: its effects, its replies and its end are one transaction. False when it is tried again.

        `aside` is entered for as long as it merely waits to be understood, as while nothing can be looked up; while it
        is, nothing has happened yet, so that the task may be cancelled. Raises StorageError when the database cannot be
        used now, and LeaseLostError when another process has the update; then nothing of it has happened.
        """
        effects = await self._handled(waiting, aside)
        if effects is None:
            return False
        self._kept()
        for query, notice in effects.acknowledgements.items():
            task = asyncio.create_task(self._acknowledge(query, notice))
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)
        return True

    async def _acknowledge(self, query: str, notice: str | None) -> None:
        """Answers a press; one from before a restart can no longer be answered, and that is nobody's fault."""
        with suppress(TelegramError):
            await acknowledge(self._bot, query, notice)

    async def _handled(
        self, waiting: WaitingUpdate, aside: Callable[[], AbstractContextManager[None]]
    ) -> Effects | None:
        """What is to be done at Telegram for the update, which is kept now; None when it is tried again."""
        update = json.loads(waiting.body)
        if self._intake.is_being_answered(update):
            return None
        if self._intake.was_answered(update):
            await self._inbox.finish(waiting.number)
            return Effects()
        try:
            routed = await self._considered_aside(update, aside)
            async with self._storage.unit():
                effects = await self._router.settle(routed)
                if self._intake.is_to_be_recorded(update) and routed.considered and routed.considered.adds_nothing:
                    effects = replace(effects, calls=())
                await self._keep(effects, waiting)
        except StorageError:
            raise
        except UnreadableUpdateError as error:
            logger.warning("Update %s cannot be read and was put aside: %s", waiting.number, error)
            return await self._end(waiting, str(error), Effects())
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the update is not lost
            return await self._failed(waiting, error)
        self._metrics.updates_handled += 1
        if effects.outcome:
            self._metrics.count_reply(effects.outcome)
        return effects

    async def serve_meanwhile(self, waiting: WaitingUpdate, *, is_undone: bool) -> None:
        """Answers an update that could not be handled without the database, as far as that is possible.

        `is_undone`: nothing of what was tried can have been kept.
        """
        await self._intake.serve_stored(json.loads(waiting.body), is_undone=is_undone)

    async def _considered_aside(self, update: Json, aside: Callable[[], AbstractContextManager[None]]) -> Routed:
        with ExitStack() as waiting:
            soon = asyncio.get_running_loop().call_later(_SOON, lambda: waiting.enter_context(aside()))
            try:
                return await self._considered(update)
            finally:
                soon.cancel()

    async def _considered(self, update: Json) -> Routed:
        """The same as `consider`, however long nothing can be looked up: that is no fault of the update."""
        while True:
            try:
                return await self.consider(update)
            except FinderAwayError as error:
                logger.warning("An update waits for the knowledge base: %s", error)

    async def consider(self, update: Json) -> Routed:
        """Understands the update, and finds what answers it; nothing is written, and no transaction is open.

        Raises UnreadableUpdateError, and what `Router.consider` does.
        """
        parsed = self._parsed(update)
        return self._router.refuse(parsed) if FLOOD_MARK in update else await self._router.consider(parsed)

    async def _keep(self, effects: Effects, waiting: WaitingUpdate) -> None:
        if effects.calls:
            await self._outbox.add(
                effects.calls,
                self._clock(),
                kept=lambda numbers: self._reply_times.expect(numbers[0], waiting.received_at),
            )
        await self._inbox.finish(waiting.number)

    async def _failed(self, waiting: WaitingUpdate, error: Exception) -> Effects | None:
        """Has the update tried again, or after some attempts gives up and says so to the citizen."""
        attempts = await self._inbox.failed(waiting.number)
        logger.error("Update %s could not be handled", waiting.number, exc_info=error)
        if attempts < MOST_ATTEMPTS:
            return None
        reason = type(error).__name__
        try:
            return await self._end(waiting, reason, self._apology(waiting))
        except StorageError:
            raise
        except Exception:  # what nobody can be told must not be tried for ever
            logger.exception("Nobody can be told that update %s is put aside", waiting.number)
            return await self._end(waiting, reason, Effects())

    def _apology(self, waiting: WaitingUpdate) -> Effects:
        with suppress(Exception):
            return apologize(self._parsed(json.loads(waiting.body)))
        return Effects()

    async def _end(self, waiting: WaitingUpdate, reason: str, effects: Effects) -> Effects:
        """Makes the update a dead letter."""
        async with self._storage.unit():
            await self._outbox.add(effects.calls, self._clock())
            await self._inbox.bury(waiting.number, reason)
        self._metrics.updates_buried += 1
        return effects

    def _parsed(self, update: Json) -> Update:
        if UNREADABLE in update:
            raise UnreadableUpdateError(str(update[UNREADABLE]))
        try:
            parsed = Update.de_json(update, self._bot)
        except Exception as error:  # noqa: BLE001 - whatever the library stumbles over, it is this update alone
            raise UnreadableUpdateError(type(error).__name__) from None
        return parsed


class DegradedReplies:
    """Handles updates without the database: what needs it for more than to record a question waits."""

    def __init__(self, transaction: UpdateTransaction, storage: Storage, bot: Bot, saw: Callable[[int], None]) -> None:
        self._transaction = transaction
        self._storage = storage
        self._bot = bot
        self._saw = saw

    async def serve(self, update: Json, is_kept: bool) -> DegradedResult:
        """What became of the update. A question that is to be recorded is answered only where it `is_kept` for that."""
        try:
            with self._storage.offline():
                routed = await self._transaction.consider(update)
        except Exception as error:  # noqa: BLE001 - it is tried again when the database is back
            logger.debug("An update waits for the database: %s", type(error).__name__)
            return DegradedResult.NONE
        effects, early = routed.unwritten, routed.early
        is_early = is_kept and bool(early.calls)
        if is_early:
            effects = early
        try:
            for made in effects.calls:
                self._saw(_private_number(await call(self._bot, made.method, made.arguments)))
            for query, notice in effects.acknowledgements.items():
                await acknowledge(self._bot, query, notice)
        except TelegramError as error:
            logger.warning("An answer was not sent while the database is away: %s", type(error).__name__)
            return DegradedResult.NONE
        if not effects.calls:
            return DegradedResult.NONE
        return DegradedResult.ANSWERED if is_early else DegradedResult.DONE


def _private_number(sent: Any) -> int:
    """The number of the message that a call has sent to a private chat; 0 for anything else."""
    chat = sent.get("chat", {}).get("id", 0) if isinstance(sent, dict) else 0
    return int(sent["message_id"]) if chat > 0 else 0
