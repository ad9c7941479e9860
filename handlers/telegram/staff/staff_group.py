"""The staff's group: which chat it is and how many calls it may get; and an interaction: what somebody does in it."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from telegram import Message, Update, User
from telegram.error import ChatMigrated

from bot.delivery import OutgoingCall
from bot.follow_up.desk import StaffDesk
from bot.follow_up.service import FollowUp
from bot.matcher_process.async_finder import AsyncFinder
from bot.records.groups import StaffMember
from bot.storage.follow_up.cards import Prompt
from bot.storage.storage import FollowUpStore
from bot.wording.staff import staff_group_sentences
from handlers.telegram.bot import Bot
from handlers.telegram.citizens import language_of
from handlers.telegram.outbox.gateway import CALL_SECONDS, call
from handlers.telegram.staff.markup import Keyboard, literal, mention, shortened, text_call
from knowledge.base import Language

if TYPE_CHECKING:
    from bot.wording.staff.staff_group import StaffGroupSentences

logger = logging.getLogger(__name__)

MOST_A_MINUTE = 18
"""Calls; Telegram takes 20 in a group."""
_FOR_PEOPLE = 4
"""Of these, kept free for replies to people, which must not wait for cards."""
_MINUTE = 60.0


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


class PromptKind(StrEnum):
    """What a reply to one of the bot's messages is for, as it is kept with the message."""

    ANSWER = "answer"
    ASK_BACK = "ask_back"
    REASON = "reason"
    SEARCH = "search"
    MERGE = "merge"
    BULK = "bulk"
    """The numbers of many groups that are to be dismissed."""
    CONFIRMED = "confirmed"
    """It says what was done and offers to undo it; whoever replies is told where to."""


@dataclass(slots=True)
class Interaction:
    """A message of somebody, or the message whose button they pressed; `query` is the id of the press.

    `calls` and `notice`, which answers a press, are what is done in return. They are kept together with the update.
    """

    staff: StaffGroup
    message: Message
    user: User
    language: Language
    """Of whoever does it, for where it is refused outside the group."""
    query: str | None = None
    calls: list[OutgoingCall] = field(default_factory=list)
    notice: str | None = None

    @classmethod
    def of(cls, update: Update, staff: StaffGroup) -> "Interaction | None":
        """What the update brings; None where nobody is to be seen, or the message under a button is not."""
        query, user = update.callback_query, update.effective_user
        message = query.message if query else update.effective_message
        if user is None or not isinstance(message, Message):
            return None
        return cls(staff, message, user, language_of(update), query.id if query else None)

    @property
    def by(self) -> StaffMember:
        """Who does it, as the follow-up knows them."""
        name = " ".join(filter(None, (self.user.first_name, self.user.last_name))).strip()
        return StaffMember(f"telegram:{self.user.id}", name or self.user.username or str(self.user.id))

    def reply(self, html: str, keyboard: Keyboard = (), *, reference: str | None = None, **more: Any) -> None:
        """A new message in the same topic. `reference` names what it is, `more` are arguments of the call."""
        is_in_topic = self.message.is_topic_message and self.message.message_thread_id
        thread = {"message_thread_id": self.message.message_thread_id} if is_in_topic else {}
        self._say("sendMessage", html, keyboard, reference, **thread, **_quoting(self.message.message_id), **more)

    def edit(self, html: str, keyboard: Keyboard = ()) -> None:
        """Another text in the place of the message."""
        self._say("editMessageText", html, keyboard, None, message_id=self.message.message_id)

    async def confirm(self, html: str, keyboard: Keyboard, group: int) -> None:
        """Says what was done, in the place of what was pressed, with a button that undoes it while it can be undone."""
        if self.query is None:
            self.reply(html, keyboard, reference=self.prompt_reference(group, PromptKind.CONFIRMED))
            return
        self.edit(html, keyboard)
        chat, message, now = self.message.chat_id, self.message.message_id, self.staff.now()
        await self.staff.store.prompts.set(Prompt(chat, message, group, PromptKind.CONFIRMED, now))

    def delete(self) -> None:
        """Takes the message away."""
        place = {"chat_id": self.message.chat_id, "message_id": self.message.message_id}
        self.call(OutgoingCall(self.message.chat_id, "deleteMessage", place))

    def point_to(self, message: int, group: int) -> None:
        """A new message that quotes another one, so that a touch leads there; a reply to it answers."""
        reference = self.prompt_reference(group, PromptKind.ANSWER)
        self._say("sendMessage", literal(f"#{group}"), (), reference, **_quoting(message))

    def prompt(self, group: int, kind: PromptKind, words: str) -> None:
        """Asks whoever does this for a reply, which is understood however much later it comes."""
        html = words.format(name=mention(self.user.id, shortened(self.by.name, 60)), number=group)
        force = {"force_reply": True, "selective": True, "input_field_placeholder": self.staff.words.prompt_hint}
        self.reply(html, reference=self.prompt_reference(group, kind), reply_markup=force)

    def prompt_reference(self, group: int, kind: PromptKind) -> str:
        """The reference of a message whose replies are of that kind."""
        return f"prompt:{self.message.chat_id}:{group}:{kind}"

    def call(self, call: OutgoingCall) -> None:
        """Any other call."""
        self.calls.append(call)
        self.staff.budget.spend()

    def _say(self, method: str, html: str, keyboard: Keyboard, reference: str | None, **place: Any) -> None:
        self.call(text_call(self.message.chat_id, html, keyboard, method=method, reference=reference, **place))


def _quoting(message: int) -> dict[str, Any]:
    return {"reply_parameters": {"message_id": message, "allow_sending_without_reply": True}}
