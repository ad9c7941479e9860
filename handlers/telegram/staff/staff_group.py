"""The staff's group: which chat it is, how it is spoken to, and how many calls it may get."""

import logging
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram.error import ChatMigrated

from bot.follow_up.desk import StaffDesk
from bot.follow_up.service import FollowUp
from bot.matcher_process import AsyncFinder
from bot.storage.storage import FollowUpStore
from bot.wording.staff_group_languages import staff_group_sentences
from handlers.telegram.bot import Bot
from handlers.telegram.outbox.gateway import CALL_SECONDS, call
from knowledge.base import Language

if TYPE_CHECKING:
    from bot.wording.staff_group import StaffGroupSentences

MOST_A_MINUTE = 18
"""Calls; Telegram takes 20 in a group."""
_FOR_PEOPLE = 4
"""Of these, kept free for replies to people, which must not wait for cards."""
_MINUTE = 60.0

logger = logging.getLogger(__name__)


class CallBudget:
    """Counts the calls into the group. `seconds` is a clock that only grows."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._spent: deque[float] = deque()

    def spend(self, calls: int = 1) -> None:
        """So many calls are on their way."""
        self._spent.extend([self.seconds()] * calls)

    def left(self) -> int:
        """How many calls may be made now that nobody waits for."""
        while self._spent and self._spent[0] <= self.seconds() - _MINUTE:
            self._spent.popleft()
        return max(0, MOST_A_MINUTE - _FOR_PEOPLE - len(self._spent))


class StaffGroup:
    """One staff group. Telegram gives it another number when it grows into a supergroup."""

    def __init__(
        self,
        bot: Bot,
        follow_up: FollowUp,
        finder: AsyncFinder,
        chat: int,
        language: Language = "ko",
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`chat` is the number in the setting; `seconds` is a clock that only grows."""
        self.bot = bot
        self.follow_up = follow_up
        self.finder = finder
        self.configured_chat = chat
        self.chat = chat
        """The group's number now."""
        self.language: Language = language
        self.words: StaffGroupSentences = staff_group_sentences(language)
        self.seconds = seconds
        self.budget = CallBudget(seconds)

    @property
    def desk(self) -> StaffDesk:
        """What staff do with groups of questions."""
        return self.follow_up.desk

    @property
    def store(self) -> FollowUpStore:
        """What is kept of the follow-up."""
        return self.follow_up.workspace.store

    def now(self) -> datetime:
        """The moment."""
        return self.follow_up.workspace.clock()

    def moment(self, at: datetime) -> str:
        """A moment as staff read it."""
        local = at.astimezone(self.follow_up.workspace.timezone)
        return self.words.moment.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)

    def time(self, at: datetime | None) -> str:
        """A time of the day as staff read it."""
        local = (at or self.now()).astimezone(self.follow_up.workspace.timezone)
        return self.words.time.format(hour=local.hour, minute=local.minute)

    async def ask(self, method: str, arguments: dict[str, Any], seconds: float = CALL_SECONDS) -> Any:
        """What Telegram answers to a call about the group, whose number is put in where it is asked for by None.

        Follows the group to its new number where Telegram names one. Raises TelegramError and StorageError.
        """
        try:
            return await call(self.bot, method, self._here(arguments), seconds)
        except ChatMigrated as error:
            await self.migrate_to(error.new_chat_id)
            return await call(self.bot, method, self._here(arguments), seconds)

    def _here(self, arguments: dict[str, Any]) -> dict[str, Any]:
        filled = {name: self._here(value) if isinstance(value, dict) else value for name, value in arguments.items()}
        return {**filled, "chat_id": self.chat} if "chat_id" in filled and filled["chat_id"] is None else filled

    async def migrate_to(self, chat: int) -> None:
        """The group goes on under that number; cards are made anew there, as the old messages cannot be edited."""
        if chat == self.chat:
            return
        await self.store.prompts.move_chat(self.chat, chat)
        self.chat = chat
        logger.warning("The staff group has a new number, which is used from now on. Set STAFF_CHAT_ID=%d", chat)

    async def follow_migration(self) -> None:
        """Takes the number under which the group goes on; raises StorageError."""
        self.chat = await self.store.prompts.chat_now(self.configured_chat)
