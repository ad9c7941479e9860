"""Chats and what stands in them."""

import time
from dataclasses import dataclass, field
from itertools import count

from tests.bot_api.arguments import Json
from tests.bot_api.refusals import Refusal, bad_request, forbidden, migrated

BOT: Json = {"id": 1, "is_bot": True, "first_name": "안내", "username": "ai_hub_city_bot"}
_REFUSALS = {
    "blocked": "bot was blocked by the user",
    "deactivated": "user is deactivated",
    "not_started": "bot can't initiate conversation with a user",
    "kicked": "bot was kicked from the supergroup chat",
}


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
    """A chat; `state` is ok, blocked, deactivated, not_started, kicked, not_found or migrated."""

    id: int
    title: str = ""
    is_forum: bool = False
    state: str = "ok"
    migrated_to: int = 0
    members: dict[int, str] = field(default_factory=lambda: {BOT["id"]: "administrator"})
    """What each person is to a group: `creator`, `left`, `restricted member` ..., or `unknown` to Telegram."""
    messages: dict[int, Json] = field(default_factory=dict)
    """As the Bot API shows them."""
    events: list[Event] = field(default_factory=list)
    topics: dict[int, str] = field(default_factory=dict)
    """Threads, each open, closed or deleted."""
    topic_names: dict[int, str] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def private(self) -> bool:
        """Whether it is a citizen's own chat with the bot."""
        return self.id > 0

    def shown(self) -> Json:
        """The chat as the Bot API shows it."""
        if self.private:
            return {"id": self.id, "type": "private", "first_name": self.title or f"시민 {self.id}"}
        return {"id": self.id, "type": "supergroup", "title": self.title or "단체"} | (
            {"is_forum": True} if self.is_forum else {}
        )

    def refusal(self) -> Refusal | None:
        """What a call to the chat is answered with, None where it is welcome."""
        if self.state == "migrated":
            return migrated(self.migrated_to)
        if self.state == "not_found":
            return bad_request("chat not found")
        return forbidden(_REFUSALS[self.state]) if self.state != "ok" else None


class Chats:
    """All chats. Private ones share one counter of messages, as those of one account do; each group has its own."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._numbers = count(1)

    def open(self, chat: int, title: str = "") -> Chat:
        """The chat, made where there was none; a group's number is negative."""
        return self._chats.setdefault(chat, Chat(chat, title))

    def reached(self, chat: str) -> Chat:
        """The chat that the bot names. Raises Refusal where the bot cannot reach it."""
        if not chat:
            raise bad_request("chat_id is empty")
        known = self._chats.get(int(chat)) if chat.lstrip("-").isdigit() else None
        refusal = known.refusal() if known else bad_request("chat not found")
        if not known or refusal:
            raise refusal or bad_request("chat not found")
        return known

    def add(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Puts a message into the chat; the message as the Bot API shows it."""
        number = next(self._numbers if chat.private else chat.numbers)
        data = {"message_id": number, "from": sender, "chat": chat.shown(), "date": int(time.time()), **content}
        chat.messages[number] = data
        chat.events.append(Event("sent", number))
        return data


def quoted(message: Json) -> Json:
    """A message as it is written inside a reply to it: without the one that it replies to itself."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
