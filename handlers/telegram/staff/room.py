"""The staff's group with all that work in it needs."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.follow_up.service import FollowUp
from bot.matcher_process import AsyncFinder
from bot.storage.follow_up.store import FollowUpStore
from bot.wording.staff_group_languages import staff_group_sentences
from handlers.telegram.bot import Bot
from handlers.telegram.staff.membership import Membership
from handlers.telegram.staff.pace import Pace
from handlers.telegram.staff.tries import Tries
from knowledge.base import Language

if TYPE_CHECKING:
    from bot.wording.staff_group import StaffGroupSentences


class StaffRoom:
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
        self.set_chat = chat
        """As the setting says."""
        self.on_move: Callable[[int], None] = lambda _: None
        """Told of the group's new number."""
        self._chat = chat
        self.language: Language = language
        self.words: StaffGroupSentences = staff_group_sentences(language)
        self.membership = Membership(bot, seconds)
        self.pace = Pace(seconds)
        self.tries = Tries(seconds)

    @property
    def chat(self) -> int:
        """The group's number now."""
        return self._chat

    def move_to(self, chat: int) -> None:
        """The group goes on under that number."""
        if chat != self._chat:
            self._chat = chat
            self.on_move(chat)

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

    async def follow_move(self) -> None:
        """Takes the number under which the group goes on; raises StorageError."""
        self.move_to(await self.store.prompts.chat_now(self.set_chat))
