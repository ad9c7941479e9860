"""One thing that somebody does in the staff group - a message or a press - and everything that is done in return."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from telegram import Message, Update, User

from bot.delivery import OutgoingCall
from bot.records.groups import StaffMember
from bot.storage.follow_up.cards import Prompt
from handlers.telegram.citizens.incoming import language_of
from handlers.telegram.staff.markup import Keyboard, literal, mention, shortened, text_call
from handlers.telegram.staff.staff_group import StaffGroup
from knowledge.base import Language


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
