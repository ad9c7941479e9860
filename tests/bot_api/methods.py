"""What a call does: the methods that act in chats."""

import time
from collections.abc import Callable
from typing import Any

from tests.bot_api.arguments import Arguments, Json
from tests.bot_api.chats import BOT, Chat, Chats, Event, quoted
from tests.bot_api.flood import FloodLimits
from tests.bot_api.keyboards import keyboard_of
from tests.bot_api.refusals import bad_request
from tests.bot_api.settings import Settings
from tests.bot_api.texts import caption_of, text_of
from tests.bot_api.topics import Topics

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
Method = Callable[[Arguments], Any]


class Methods:
    """Sending, editing and deleting; each method takes its arguments, gives its result, or raises Refusal."""

    def __init__(self, chats: Chats, settings: Settings) -> None:
        self.flood = FloodLimits()
        self._chats = chats
        self._settings = settings
        self._topics = Topics(chats)
        self.table: dict[str, Method] = self._topics.table | {
            "sendMessage": lambda given: self._send(given, text_of(given)),
            "sendPhoto": lambda given: self._send(given, _photo(given) | caption_of(given)),
            "sendDocument": lambda given: self._send(given, _document(given) | caption_of(given)),
            "sendVenue": lambda given: self._send(given, _venue(given)),
            "sendChatAction": lambda given: bool(self._reached(given)),
            "copyMessage": self._copy,
            "editMessageText": lambda given: self._edit(given, text_of(given)),
            "editMessageCaption": lambda given: self._edit(given, caption_of(given)),
            "editMessageReplyMarkup": lambda given: self._edit(given, None),
            "deleteMessage": self._delete,
            "pinChatMessage": lambda given: bool(self._found(given, "message to pin")),
            "setMessageReaction": lambda given: bool(self._found(given, "message to react")),
        }

    def _reached(self, arguments: Arguments) -> Chat:
        return self._chats.reached(arguments.text("chat_id"))

    def _found(self, arguments: Arguments, purpose: str) -> Json:
        message = self._reached(arguments).messages.get(arguments.number("message_id"))
        if not message:
            raise bad_request(f"{purpose} not found")
        return message

    def _send(self, arguments: Arguments, content: Json) -> Json:
        keyboard = keyboard_of(arguments)
        chat = self._reached(arguments)
        content = self._topics.thread(chat, arguments) | self._quoted(chat, arguments) | content
        if self._settings.flood:
            self.flood.count(chat.id)
        if keyboard:
            content["reply_markup"] = keyboard
        return self._chats.add(chat, BOT, content)

    def _quoted(self, chat: Chat, arguments: Arguments) -> Json:
        quoting = arguments.structure("reply_parameters") or {"message_id": arguments.number("reply_to_message_id")}
        if not quoting.get("message_id"):
            return {}
        message = chat.messages.get(int(quoting["message_id"]))
        if message:
            return {"reply_to_message": quoted(message)}
        if quoting.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")

    def _copy(self, arguments: Arguments) -> Json:
        source = self._chats.open(arguments.number("from_chat_id")).messages.get(arguments.number("message_id"))
        if not source:
            raise bad_request("message to copy not found")
        content: Json = {key: source[key] for key in ("text", "entities", "photo", "document") if key in source}
        return {"message_id": self._send(arguments, content)["message_id"]}

    def _edit(self, arguments: Arguments, content: Json | None) -> Json:
        """With no content, only the keyboard changes."""
        keyboard = keyboard_of(arguments)
        message = self._found(arguments, "message to edit")
        if message["from"] != BOT:
            raise bad_request("message can't be edited")
        parts = (
            {"reply_markup"} if content is None else {"reply_markup", "entities", "text", "caption", "caption_entities"}
        )
        new = (content or {}) | ({"reply_markup": keyboard} if keyboard else {})
        if all(message.get(part) == new.get(part) for part in parts & (message.keys() | new.keys())):
            raise bad_request(_UNCHANGED)
        for part in parts:
            message.pop(part, None)
        message.update(new, edit_date=int(time.time()))
        self._reached(arguments).events.append(Event("edited", message["message_id"]))
        return message

    def _delete(self, arguments: Arguments) -> bool:
        self._found(arguments, "message to delete")
        del self._reached(arguments).messages[arguments.number("message_id")]
        return True


def _photo(arguments: Arguments) -> Json:
    return {"photo": [_file(arguments, "photo") | {"width": 640, "height": 480}]}


def _document(arguments: Arguments) -> Json:
    return {"document": _file(arguments, "document")}


def _file(arguments: Arguments, kind: str) -> Json:
    given = arguments.text(kind)
    name, content = arguments.files.get(given.removeprefix("attach://") or kind, ("", b""))
    if not given and not name:
        raise bad_request(f"there is no {kind} in the request")
    if not name and given.startswith("attach://"):
        raise bad_request("file must be non-empty")
    return {"file_id": name or given, "file_unique_id": name or given, "file_size": len(content), "file_name": name}


def _venue(arguments: Arguments) -> Json:
    location = {name: arguments.structure(name) for name in ("latitude", "longitude")}
    if not all(isinstance(value, int | float) for value in location.values()):
        raise bad_request("latitude and longitude must be given")
    named = {name: arguments.text(name) for name in ("title", "address")}
    return {"location": location, "venue": {"location": location} | named}
