"""What handlers have put into the staff group: it is sent when the update's effects are kept."""

from typing import Any

from telegram import Message

from bot.delivery import OutgoingCall
from handlers.telegram.staff.card_calls import text_call
from handlers.telegram.staff.markup import Keyboard, literal, mention
from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.updates.effects import Effects


class Saying:
    """Speaks in the chat of one message, in its topic, as a reply to it."""

    def __init__(self, message: Message, room: StaffRoom, effects: Effects) -> None:
        self._message = message
        self._room = room
        self._effects = effects

    def reply(self, html: str, keyboard: Keyboard = (), *, reference: str | None = None, **more: Any) -> None:
        """A new message. `reference` names what it is, `more` are arguments of the call."""
        replying = {"reply_parameters": {"message_id": self._message.message_id, "allow_sending_without_reply": True}}
        self._call("sendMessage", html, keyboard, reference, **self._thread(), **replying, **more)

    def edit(self, html: str, keyboard: Keyboard = ()) -> None:
        """Another text in the place of the message."""
        self._call("editMessageText", html, keyboard, None, message_id=self._message.message_id)

    def delete(self) -> None:
        """Takes the message away."""
        place = {"chat_id": self._message.chat_id, "message_id": self._message.message_id}
        self._effects.calls.append(OutgoingCall(self._message.chat_id, "deleteMessage", place))
        self._room.pace.spend()

    def point_to(self, message: int, group: int) -> None:
        """A new message that quotes another one, so that a touch leads there."""
        replying = {"reply_parameters": {"message_id": message, "allow_sending_without_reply": True}}
        self._call("sendMessage", literal(f"#{group}"), (), None, **replying)

    def prompt(self, group: int, kind: str, words: str, user: tuple[int, str]) -> None:
        """Asks somebody, by number and name, for a reply that is understood however much later it comes."""
        html = words.format(name=mention(*user), number=group)
        force = {"force_reply": True, "selective": True, "input_field_placeholder": self._room.words.prompt_hint}
        self.reply(html, reference=self.of_prompt(group, kind), reply_markup=force)

    def of_prompt(self, group: int, kind: str) -> str:
        """The reference of a message whose replies are of that kind."""
        return f"prompt:{self._message.chat_id}:{group}:{kind}"

    def _call(self, method: str, html: str, keyboard: Keyboard, reference: str | None, **place: Any) -> None:
        made = text_call(self._message.chat_id, html, keyboard, method=method, reference=reference, **place)
        self._effects.calls.append(made)
        self._room.pace.spend()

    def _thread(self) -> dict[str, Any]:
        is_in_topic = self._message.is_topic_message and self._message.message_thread_id
        return {"message_thread_id": self._message.message_thread_id} if is_in_topic else {}
