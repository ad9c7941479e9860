"""What to try instead of a call that Telegram refused."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from telegram.error import BadRequest

from bot.delivery import ClaimedCall
from handlers.telegram.outbox.meaning import says

_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NOTHING_TO_REPLY_TO = ("message to be replied not found", "replied message not found", "message to reply not found")
_SENDING = ("send", "copy", "forward")
_ONLY_OF_EDITS = frozenset(("message_id", "inline_message_id"))


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it is to be made now; `plain` is the text to use where the markup is refused."""

    method: str
    arguments: Mapping[str, Any]
    plain: str | None = None

    @property
    def sends(self) -> bool:
        """Whether it puts a new message into the chat, so that making it twice would be seen."""
        return self.method.startswith(_SENDING) and self.method != "sendChatAction"

    @property
    def edits(self) -> bool:
        """Whether it changes a message that is there."""
        return self.method.startswith("edit")


def request_of(claimed: ClaimedCall) -> Request:
    """The call as it was asked for, in the chat where that one is now."""
    return Request(claimed.method, {**claimed.arguments, "chat_id": claimed.chat}, claimed.plain)


def is_done(request: Request, error: BadRequest) -> bool:
    """Whether the refusal says that all is as it should be already."""
    return says(error, "not modified") or (request.method == "deleteMessage" and says(error, "to delete not found"))


def is_gone(request: Request, error: BadRequest) -> bool:
    """Whether the message that was to be edited is gone, or too old."""
    return request.edits and says(error, *_GONE)


def amended(request: Request, error: BadRequest) -> Request | None:
    """The call in another way, or None where there is none. Each change can be made only once."""
    arguments = request.arguments
    if is_gone(request, error):
        # An edit that names a topic is not sent anew: the topic may be gone too, and who asked for it makes both anew.
        return _sent_anew(request) if "text" in arguments and "message_thread_id" not in arguments else None
    if says(error, "can't parse entities") and "parse_mode" in arguments and request.plain is not None:
        return replace(request, arguments={**_without(arguments, "parse_mode"), "text": request.plain})
    if says(error, *_NO_TOPIC) and "message_thread_id" in arguments:
        return replace(request, arguments=_without(arguments, "message_thread_id"))
    if says(error, *_NOTHING_TO_REPLY_TO) and "reply_parameters" in arguments:
        return replace(request, arguments=_without(arguments, "reply_parameters"))
    return None


def _sent_anew(request: Request) -> Request:
    return Request("sendMessage", _without(request.arguments, *_ONLY_OF_EDITS), request.plain)


def _without(arguments: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name not in names}
