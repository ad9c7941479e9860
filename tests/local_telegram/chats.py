"""Chats and their messages, in memory."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.local_telegram.refusals import Refusal, bad_request

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a chat's members see happen."""

    kind: str
    """`sent`, `edited` or `notice`."""
    message_id: int = 0
    text: str = ""
    user_id: int = 0
    """Who sees a notice."""


@dataclass(slots=True)
class Chat:
    """One chat as its members see it."""

    id: int
    type: str
    title: str
    messages: dict[int, Json] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    blocked: bool = False
    is_forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    """Of a group, as what each belongs to it: `member`, `creator`, `left`, `kicked`, `restricted member`, ..."""
    topics: dict[int, str] = field(default_factory=dict)
    """Of a forum, the names."""

    def brief(self) -> Json:
        """The chat as it is written inside messages."""
        name = {"first_name": self.title} if self.type == "private" else {"title": self.title}
        return {"id": self.id, "type": self.type} | name | ({"is_forum": True} if self.is_forum else {})


class Chats:
    """Every chat of one bot."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._message_ids = count(1)

    def open(self, chat_id: int, title: str, type_: str = "private") -> Chat:
        """The chat of that id; a new one when nobody opened it before."""
        return self._chats.setdefault(chat_id, Chat(chat_id, type_, title))

    def find(self, chat_id: str) -> Chat:
        """The chat that a call of the bot names. Raises Refusal."""
        chat = self._chats.get(int(chat_id)) if chat_id.lstrip("-").isdecimal() else None
        if not chat:
            raise bad_request("chat not found" if chat_id else "chat_id is empty")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    def add(self, chat: Chat, sender: Json, content: Json) -> Json:
        """A new message in a chat."""
        number = next(self._message_ids)
        message = {"message_id": number, "from": sender, "chat": chat.brief(), "date": int(time.time())} | content
        chat.messages[number] = message
        chat.events.append(Event("sent", number))
        return message


def quoted(message: Json) -> Json:
    """A message as it is written inside a reply to it: without the one that it replies to itself."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
