"""Updates as Telegram writes them, before anybody tries to understand them: what they are known by, and masked."""

import json
from collections.abc import Mapping
from typing import Any

from bot.delivery import ReceivedUpdate
from bot.masking import mask_beginning

Json = dict[str, Any]

_LARGEST_ID = 2**63 - 1
_NEVER_MASKED = frozenset(
    ("id", "chat_instance", "data", "file_id", "file_unique_id", "inline_message_id", "language_code", "type")
)
"""Names and codes that machines give: a long number in them is nobody's, and they must come back as they are."""
_NEVER_NEEDED = frozenset(("last_name", "username"))
_MOST_CHARACTERS = 1000
"""A question is no longer; what is beyond is not looked at, so that a flood of long texts costs little."""
_FEWEST_CHARACTERS = 6
"""No personal number is shorter."""


def received(update: Json, *, of_staff: bool = False) -> ReceivedUpdate:
    """The update as it is stored: personal numbers masked in every string of it, and people's names left out.

    It does not matter whether anybody can read it. Updates of staff stay as they are: they need each other's names,
    and publish numbers of offices.
    """
    stored = update if of_staff else _masked(update, "")
    return ReceivedUpdate(key_of(update), chat_of(update), json.dumps(stored), private_message_id(update) or None)


def key_of(update: Json) -> str:
    """What tells the update from all others, also after a week of silence, when Telegram begins with any number."""
    kind, content = _content(update)
    message = _message(content)
    parts = (update.get("update_id"), kind, chat_of(update), message.get("message_id"), message.get("date"))
    return json.dumps([*parts, content.get("id"), message.get("edit_date")])


def chat_of(update: Json) -> int:
    """The chat in which the update's order matters; 0 for one without a chat."""
    _, content = _content(update)
    for place in (_message(content).get("chat"), content.get("chat"), content.get("from")):
        number = place.get("id") if isinstance(place, dict) else None
        if isinstance(number, int) and abs(number) <= _LARGEST_ID:
            return number
    return 0


def private_message_id(update: Json) -> int:
    """The number of the message in a private chat that the update brings; 0 for any other update."""
    _, content = _content(update)
    number = content.get("message_id")
    is_private = chat_of(update) > 0
    return number if is_private and isinstance(number, int) and 0 < number <= _LARGEST_ID else 0


def sent_at(update: Json) -> int:
    """When the message was sent, in seconds of Unix time; 0 where the update brings no message."""
    _, content = _content(update)
    date = content.get("date")
    return date if isinstance(date, int) and abs(date) <= _LARGEST_ID else 0


def _content(update: Json) -> tuple[str, Json]:
    """The kind of the update and what it brings."""
    for kind, content in update.items():
        if kind != "update_id" and isinstance(content, dict):
            return kind, content
    return "", {}


def _message(content: Json) -> Mapping[str, Any]:
    """The message that an update brings, or the one under whose text a button was pressed."""
    message = content.get("message")
    return message if isinstance(message, dict) else content


def _masked(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: _masked(part, key) for key, part in value.items() if key not in _NEVER_NEEDED}
    if isinstance(value, list):
        return [_masked(part, name) for part in value]
    if isinstance(value, str) and name == "first_name":
        return ""
    if isinstance(value, str) and len(value) >= _FEWEST_CHARACTERS and name not in _NEVER_MASKED:
        return mask_beginning(value, _MOST_CHARACTERS)
    return value
