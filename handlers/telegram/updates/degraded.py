"""Answers what can be answered while the database cannot be used."""

import logging
from collections.abc import Callable
from typing import Any

from telegram.error import TelegramError

from bot.storage.storage import Storage
from handlers.telegram.bot import Bot
from handlers.telegram.outbox.gateway import acknowledge, call
from handlers.telegram.updates.intake import DegradedResult
from handlers.telegram.updates.raw_updates import Json
from handlers.telegram.updates.transaction import UpdateTransaction

logger = logging.getLogger(__name__)


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
