"""The methods of the Bot API that the assistant calls, on chats in memory."""

import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.local_telegram.chats import Chat, Chats, Event, Json, quoted
from tests.local_telegram.groups import Groups
from tests.local_telegram.keyboards import checked_keyboard
from tests.local_telegram.refusals import Refusal, bad_request
from tests.local_telegram.texts import formatted

Arguments = Mapping[str, str]

_MOST_NOTICE_CHARACTERS = 200
_MOST_DESCRIPTION = {"description": 512, "short_description": 120}
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


class Methods:
    """Answers calls; each is given the arguments as they travel, as texts."""

    def __init__(self, chats: Chats, me: Json) -> None:
        self.queries: dict[str, tuple[Chat, int]] = {}
        """Presses that were not answered yet: where, and who pressed."""
        self.introduction: dict[tuple[str, str], Any] = {}
        """Commands and descriptions by name and language; those of one chat with its number after the name."""
        self._chats = chats
        self._me = me
        self._groups = Groups(chats, me)
        self._methods: dict[str, Callable[[Arguments], Any]] = {
            "getMe": lambda _: self._me,
            "deleteWebhook": lambda _: True,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "deleteMessage": self._delete_message,
            "sendChatAction": self._send_chat_action,
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "answerCallbackQuery": self._answer_callback_query,
            "setMyCommands": self._set_my_commands,
            "getMyCommands": lambda call: self._introduction(_commands_of(call), call) or [],
            "setMyDescription": lambda call: self._describe("description", call),
            "getMyDescription": lambda call: {"description": self._introduction("description", call) or ""},
            "setMyShortDescription": lambda call: self._describe("short_description", call),
            "getMyShortDescription": lambda call: {
                "short_description": self._introduction("short_description", call) or ""
            },
        } | self._groups.methods

    def call(self, method: str, arguments: Arguments) -> Any:
        """The result of a call. Raises Refusal."""
        if method not in self._methods:
            raise Refusal(404, "Not Found")
        return self._methods[method](arguments)

    def _send_message(self, call: Arguments) -> Json:
        content = formatted(call.get("text", ""), call.get("parse_mode", ""))
        keyboard = checked_keyboard(call.get("reply_markup", ""))
        chat = self._chats.find(call.get("chat_id", ""))
        replied = _replied(call, chat)
        extra = {"reply_markup": keyboard, "reply_to_message": replied}
        place = self._groups.thread(call, chat)
        return self._chats.add(
            chat, self._me, content | place | {name: value for name, value in extra.items() if value}
        )

    def _send_photo(self, call: Arguments) -> Json:
        chat = self._chats.find(call.get("chat_id", ""))
        place = self._groups.thread(call, chat)
        photo = [{"file_id": "sent", "file_unique_id": "sent", "width": 640, "height": 320}]
        return self._chats.add(chat, self._me, {"photo": photo, "caption": call.get("caption", "")} | place)

    def _delete_message(self, call: Arguments) -> bool:
        chat = self._chats.find(call.get("chat_id", ""))
        if chat.messages.pop(int(call.get("message_id", "0")), None) is None:
            raise bad_request("message to delete not found")
        return True

    def _send_chat_action(self, call: Arguments) -> bool:
        self._chats.find(call.get("chat_id", ""))
        return True

    def _edit_message_text(self, call: Arguments) -> Json:
        return self._edit(call, formatted(call.get("text", ""), call.get("parse_mode", "")))

    def _edit_message_reply_markup(self, call: Arguments) -> Json:
        return self._edit(call, {})

    def _edit(self, call: Arguments, content: Json) -> Json:
        keyboard = checked_keyboard(call.get("reply_markup", ""))
        chat = self._chats.find(call.get("chat_id", ""))
        before = chat.messages.get(int(call.get("message_id", "0")))
        if not before:
            raise bad_request("message to edit not found")
        if before["from"] != self._me:
            raise bad_request("message can't be edited")
        replaced = {"reply_markup", "edit_date", *(("text", "entities") if content else ())}
        after = {name: value for name, value in before.items() if name not in replaced} | content
        if keyboard:
            after["reply_markup"] = keyboard
        if after == {name: value for name, value in before.items() if name != "edit_date"}:
            raise bad_request(_NOT_MODIFIED)
        chat.messages[before["message_id"]] = after | {"edit_date": int(time.time())}
        chat.events.append(Event("edited", before["message_id"]))
        return chat.messages[before["message_id"]]

    def _answer_callback_query(self, call: Arguments) -> bool:
        if len(call.get("text", "")) > _MOST_NOTICE_CHARACTERS:
            raise bad_request("MESSAGE_TOO_LONG")
        asked = self.queries.pop(call.get("callback_query_id", ""), None)
        if not asked:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        chat, user_id = asked
        if call.get("text"):
            chat.events.append(Event("notice", text=call["text"], user_id=user_id))
        return True

    def _set_my_commands(self, call: Arguments) -> bool:
        commands = json.loads(call.get("commands", "[]"))
        if not all(re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) for command in commands):
            raise bad_request("BOT_COMMAND_INVALID")
        if not all(0 < len(command["description"].strip()) <= 256 for command in commands):
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.introduction[_commands_of(call), call.get("language_code", "")] = commands
        return True

    def _describe(self, name: str, call: Arguments) -> bool:
        if len(call.get(name, "")) > _MOST_DESCRIPTION[name]:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        self.introduction[name, call.get("language_code", "")] = call.get(name, "")
        return True

    def _introduction(self, name: str, call: Arguments) -> Any:
        return self.introduction.get((name, call.get("language_code", "")))


def _commands_of(call: Arguments) -> str:
    scope = json.loads(call.get("scope", "{}"))
    return f"commands {scope['chat_id']}" if scope.get("type") == "chat" else "commands"


def _replied(call: Arguments, chat: Chat) -> Json | None:
    """The message that a new one replies to. Raises Refusal when it is gone and that matters."""
    parameters = json.loads(call.get("reply_parameters", "{}"))
    if not parameters:
        return None
    message = chat.messages.get(int(parameters["message_id"]))
    if not message and not parameters.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return quoted(message) if message else None
