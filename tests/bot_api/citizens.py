"""What people do: write, press buttons, edit, block the bot."""

import time
from dataclasses import dataclass
from typing import Any

from tests.bot_api.arguments import Json
from tests.bot_api.chats import BOT, Chat, Chats, quoted
from tests.bot_api.queries import Queries
from tests.bot_api.updates import Updates


@dataclass(frozen=True, slots=True)
class Asked:
    """A message or press that was made: its ids, and when (seconds since 1970)."""

    chat: int
    message: int
    update: int
    at: float
    query: str = ""


class Citizens:
    """Everybody but the bot. `user` is the chat's own citizen where it is not given; `more` are further fields."""

    def __init__(self, chats: Chats, updates: Updates, queries: Queries) -> None:
        self._chats = chats
        self._updates = updates
        self._queries = queries

    def say(self, chat: int, text: str, user: int = 0, reply_to: int = 0, thread: int = 0, **more: Any) -> Asked:
        """Writes a message."""
        where = self._chats.open(chat)
        content = ({"text": text} if text else {}) | more.pop("content", {})
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        if reply_to and reply_to in where.messages:
            content["reply_to_message"] = quoted(where.messages[reply_to])
        if thread:
            content |= {"message_thread_id": thread, "is_topic_message": True}
        message = self._chats.add(where, _person(user or chat, **more), content)
        return self._told("message", message, where, message["message_id"])

    def edit(self, chat: int, message: int, text: str) -> Asked:
        """Edits a message of one's own."""
        where = self._chats.open(chat)
        data = where.messages[message]
        data |= {"text": text, "edit_date": int(time.time())}
        return self._told("edited_message", data, where, message)

    def press(self, chat: int, data: str = "", message: int = 0, user: int = 0, button: int = 0) -> Asked:
        """Presses a button, the last message's first one by default; with `data`, also one that is not there."""
        where = self._chats.open(chat)
        pressed = message or next(
            number
            for number, each in reversed(where.messages.items())
            if each["from"] == BOT and "reply_markup" in each
        )
        shown = where.messages.get(pressed) or {"chat": where.shown(), "message_id": pressed, "date": 0}
        if not data:
            data = _buttons(shown)[button]["callback_data"]
        query = self._queries.new(where, user or chat)
        content = {"id": query.id, "from": _person(user or chat), "chat_instance": str(chat), "data": data}
        return self._told("callback_query", content | {"message": shown}, where, pressed, query.id)

    def block(self, chat: int, *, again: bool = False) -> Asked:
        """Blocks the bot, or lets it back in with `again`."""
        where = self._chats.open(chat)
        where.state = "ok" if again else "blocked"
        sides = [{"user": BOT, "status": "member"}, {"user": BOT, "status": "kicked", "until_date": 0}]
        old, new = reversed(sides) if again else sides
        content = {"chat": where.shown(), "from": _person(chat), "date": int(time.time())}
        return self._told("my_chat_member", content | {"old_chat_member": old, "new_chat_member": new}, where, 0)

    def raw(self, update: Json) -> Asked:
        """Something else, in whatever form."""
        pushed = self._updates.push("raw", update, 0)
        return Asked(0, 0, pushed.id, time.time())

    def _told(self, kind: str, content: Json, chat: Chat, message: int, query: str = "") -> Asked:
        update = self._updates.push(kind, dict(content), chat.id)
        return Asked(chat.id, message, update.id, time.time(), query)


def _person(user: int, **more: Any) -> Json:
    return {"id": user, "is_bot": False, "first_name": f"시민 {user}", "language_code": "ko"} | more


def _buttons(message: Json) -> list[Json]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row if "callback_data" in button]
