"""Somebody with a telephone: types, presses buttons, and sees what is on the screen."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.bot_api.arguments import Json
from tests.bot_api.chats import Chat, Event, quoted
from tests.bot_api.html_reading import units
from tests.bot_api.texts import LONGEST_TEXT, trimmed
from tests.local_telegram.telegram import LocalTelegram

_TYPED = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31})"
)
CONTENT: dict[str, Any] = {
    "photo": [{"file_id": "photo", "file_unique_id": "p", "width": 640, "height": 480}],
    "sticker": {
        "file_id": "sticker",
        "file_unique_id": "s",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
    "voice": {"file_id": "voice", "file_unique_id": "v", "duration": 3},
    "video": {"file_id": "video", "file_unique_id": "w", "width": 640, "height": 480, "duration": 3},
    "audio": {"file_id": "audio", "file_unique_id": "a", "duration": 3},
    "document": {"file_id": "document", "file_unique_id": "d"},
    "location": {"latitude": 35.16, "longitude": 126.85},
    "contact": {"phone_number": "000", "first_name": "Contact"},
    "dice": {"emoji": "🎲", "value": 6},
    "poll": {
        "id": "1",
        "question": "?",
        "options": [{"persistent_id": "1", "text": "a", "voter_count": 0}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    },
}
"""What can be sent besides text, by its kind."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it is on the screen."""

    message_id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    """Label and data, from top to bottom."""
    own: bool
    replies_to: int | None

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [label for label, _ in self.buttons]


async def _at_once() -> None:
    """Does not wait for the assistant."""


class Citizen:
    """A citizen in a chat of one Telegram; `settled` waits until the assistant has done all it does."""

    def __init__(
        self,
        telegram: LocalTelegram,
        settled: Callable[[], Awaitable[None]] = _at_once,
        user_id: int = 7,
        language_code: str | None = "ko",
        group_id: int | None = None,
        *,
        name: str | None = None,
    ) -> None:
        self._telegram = telegram
        self._settled = settled
        self._user: Json = {"id": user_id, "is_bot": False, "first_name": name or f"Citizen {user_id}"}
        if language_code:
            self._user["language_code"] = language_code
        self.chat: Chat = telegram.chats.open(group_id or user_id, self._user["first_name"])

    async def type(self, text: str, reply_to: int | None = None, **more: Any) -> int:
        """Types a message and waits for what comes of it; the message's number. The app splits what is too long.

        `more` are further fields of the message.
        """
        number = 0
        for start in range(0, len(text), LONGEST_TEXT):
            content = _typed(text[start : start + LONGEST_TEXT])
            if content["text"]:
                number = await self._send(content | more, reply_to)
        await self._settled()
        return number

    async def send(self, kind: str, caption: str | None = None, reply_to: int | None = None, **more: Any) -> int:
        """Sends a photo, a sticker, ... with `more` fields of the message, and waits for what comes of it."""
        content = {kind: CONTENT[kind]} | ({"caption": caption} if caption else {}) | more
        number = await self._send(content, reply_to)
        await self._settled()
        return number

    async def edit(self, message_id: int, text: str) -> None:
        """Edits a message of one's own."""
        edited = self.chat.messages[message_id] | _typed(text) | {"edit_date": 1}
        self.chat.messages[message_id] = edited
        self._telegram.push("edited_message", edited)
        await self._settled()

    async def press(self, label: str, times: int = 1) -> None:
        """Presses the newest button of that label, so fast that the assistant has not reacted before the last time."""
        message_id, data = next(
            (seen.message_id, data)
            for seen in reversed(self.screen())
            for shown, data in seen.buttons
            if shown == label
        )
        for _ in range(times):
            self._press(message_id, data)
        await self._settled()

    async def press_data(self, message_id: int, data: str) -> None:
        """Presses a button that may not be there any more, or never was."""
        self._press(message_id, data)
        await self._settled()

    def screen(self) -> list[Seen]:
        """Every message of the chat as it is now, oldest first."""
        return [self._seen(message) for message in self.chat.messages.values()]

    def seen(self, message_id: int) -> Seen:
        """One message as it is now."""
        return self._seen(self.chat.messages[message_id])

    def events(self, since: int = 0) -> list[Event]:
        """What happened in the chat, as far as this citizen sees it."""
        mine = self._user["id"]
        return [event for event in self.chat.events[since:] if event.kind != "notice" or event.user_id == mine]

    async def _send(self, content: Json, reply_to: int | None = None) -> int:
        if reply_to is not None:
            content = content | {"reply_to_message": quoted(self.chat.messages[reply_to])}
        message = self._telegram.chats.add(self.chat, self._user, content)
        self._telegram.push("message", message)
        return int(message["message_id"])

    def _press(self, message_id: int, data: str) -> None:
        missing = {"message_id": message_id, "chat": self.chat.shown(), "date": 0}
        query = {
            "id": self._telegram.api.queries.new(self.chat, self._user["id"]).id,
            "from": self._user,
            "chat_instance": str(self.chat.id),
            "data": data,
            "message": self.chat.messages.get(message_id, missing),
        }
        self._telegram.push("callback_query", query)

    def _seen(self, message: Json) -> Seen:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return Seen(
            message_id=message["message_id"],
            text=str(message.get("text") or message.get("caption") or ""),
            buttons=tuple((button["text"], button["callback_data"]) for row in rows for button in row),
            own=message["from"] == self._user,
            replies_to=message.get("reply_to_message", {}).get("message_id"),
        )


def _typed(text: str) -> Json:
    """A text as a citizen's app sends it, with the commands and names that it marks by itself."""
    shown, _ = trimmed(text, [])
    entities = [
        {"type": found.lastgroup, "offset": units(shown[: found.start()]), "length": units(found[0])}
        for found in _TYPED.finditer(shown)
    ]
    return {"text": shown} | ({"entities": entities} if entities else {})
