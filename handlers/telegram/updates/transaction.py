"""Runs the handlers on one stored update, and keeps what they want done as a whole or not at all."""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from telegram import Update

from bot.delivery import Inbox, Outbox, WaitingUpdate
from bot.dialogue.messages import Message as Shown
from bot.errors import StorageError
from bot.metrics import Metrics
from bot.storage.storage import Storage
from bot.wording import sentences
from handlers.telegram.citizens.languages import language_of
from handlers.telegram.citizens.sending import reply
from handlers.telegram.context import TelegramApplication
from handlers.telegram.errors import UnreadableUpdateError
from handlers.telegram.updates.failures import apologize
from handlers.telegram.updates.intake import FLOOD_MARK
from handlers.telegram.updates.raw_updates import Json
from handlers.telegram.updates.reply_times import ReplyTimes
from handlers.telegram.updates.turns import Turn, taking_turn

MOST_ATTEMPTS = 3

logger = logging.getLogger(__name__)


class Handling:
    """Handles stored updates; one object serves many at once."""

    def __init__(
        self,
        application: TelegramApplication,
        storage: Storage,
        *,
        inbox: Inbox,
        outbox: Outbox,
        clock: Callable[[], datetime],
        metrics: Metrics,
        reply_times: ReplyTimes,
    ) -> None:
        self._application = application
        self._storage = storage
        self._inbox = inbox
        self._outbox = outbox
        self._clock = clock
        self._metrics = metrics
        self._reply_times = reply_times

    async def handle(self, waiting: WaitingUpdate) -> Turn | None:
        """Handles the update: its effects, its replies and its end are one transaction.

        The turn that was taken, or None when it is tried again or became a dead letter. Raises StorageError when the
        database cannot be used now, and LeaseLostError when another process has the update: nothing of it has happened.
        """
        try:
            async with self._storage.unit():
                turn = await self.turn_of(json.loads(waiting.body))
                await self._keep(turn, waiting)
        except StorageError:
            raise
        except UnreadableUpdateError as error:
            await self._bury(waiting, str(error))
            return None
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the update is not lost
            return await self._failed(waiting, error)
        self._metrics.updates_handled += 1
        return turn

    async def turn_of(self, update: Json) -> Turn:
        """What the handlers want done about the update. Raises what a handler raised, and UnreadableUpdateError."""
        with taking_turn() as turn:
            parsed = self._parsed(update)
            if FLOOD_MARK in update:
                _tell_of_flood(parsed)
            else:
                await self._application.process_update(parsed)
        if turn.failure:
            raise turn.failure
        return turn

    async def _keep(self, turn: Turn, waiting: WaitingUpdate) -> None:
        if turn.calls:
            numbers = await self._outbox.add(turn.calls, self._clock())
            self._reply_times.expect(numbers[0], waiting.received_at)
        await self._inbox.finish(waiting.number)

    async def _failed(self, waiting: WaitingUpdate, error: Exception) -> Turn | None:
        """Has the update tried again, or after some attempts gives up and says so to the citizen."""
        attempts = await self._inbox.failed(waiting.number)
        logger.error("Update %s could not be handled", waiting.number, exc_info=error)
        if attempts < MOST_ATTEMPTS:
            return None
        turn = self._apology(waiting)
        async with self._storage.unit():
            await self._outbox.add(turn.calls, self._clock())
            await self._inbox.bury(waiting.number, type(error).__name__)
        self._metrics.updates_buried += 1
        return turn

    def _apology(self, waiting: WaitingUpdate) -> Turn:
        with taking_turn() as turn, suppress(UnreadableUpdateError):
            apologize(self._parsed(json.loads(waiting.body)))
        return turn

    async def _bury(self, waiting: WaitingUpdate, reason: str) -> None:
        logger.warning("Update %s cannot be read and was put aside: %s", waiting.number, reason)
        await self._inbox.bury(waiting.number, reason)
        self._metrics.updates_buried += 1

    def _parsed(self, update: Json) -> Update:
        try:
            parsed = Update.de_json(update, self._application.bot)
        except Exception as error:  # noqa: BLE001 - whatever the library stumbles over, it is this update alone
            raise UnreadableUpdateError(type(error).__name__) from None
        return parsed


def _tell_of_flood(update: Update) -> None:
    language = language_of(update)
    if update.effective_message:
        reply(update.effective_message, Shown(sentences(language).too_many_questions), language)
