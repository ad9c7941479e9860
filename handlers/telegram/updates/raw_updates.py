"""Updates as Telegram writes them, before anybody tries to understand them: what they are known by, and masked."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bot.delivery import ReceivedUpdate
from bot.masking import mask_beginning

Json = dict[str, Any]

UNREADABLE = "unreadable"
"""Stands in a stored update that is none of Telegram's, with the reason; of the rest only its number is left."""
_DEEPEST = 40
_MOST_VALUES = 10_000
"""Telegram's own are not half as deep, nor a tenth as large."""
_OF_MESSAGES: dict[str, type] = {"message_id": int, "date": int, "edit_date": int, "text": str, "caption": str}

_LARGEST_ID = 2**63 - 1
_NEVER_MASKED = frozenset(
    ("id", "chat_instance", "data", "file_id", "file_unique_id", "inline_message_id", "language_code", "type")
)
"""Names and codes that machines give: a long number in them is nobody's, and they must come back as they are."""
_NEVER_NEEDED = frozenset(("last_name", "username"))
_NEVER_READ = frozenset(
    (
        *("contact", "location", "venue", "document", "audio", "video", "video_note", "voice", "photo", "sticker"),
        *("animation", "poll", "story", "paid_media", "checklist", "users_shared", "chat_shared", "passport_data"),
        *("quote", "external_reply", "author_signature"),
        *("forward_from", "forward_from_chat", "forward_signature", "forward_sender_name"),
    )
)
"""Fields of messages with other people's names, numbers and words: it counts that there is something, not what."""
_OF_UNASKED = ("message_id", "date", "edit_date", "migrate_to_chat_id", "migrate_from_chat_id")
_GROUPS = ("group", "supergroup", "channel")
_MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
_MOST_CHARACTERS = 1000
"""A question is no longer; what is beyond is not looked at, so that a flood of long texts costs little."""
_FEWEST_CHARACTERS = 6
"""No personal number is shorter."""


def bounded(update: Json) -> Json:
    """The update itself, or what is left of one that cannot be Telegram's.

    Nested deeper or with more in it, reading it could take all of the stack, or seconds. With a number or a text that
    is none, the database would refuse what is written for it, as if it were the database that failed.
    """
    if _is_absurd(update):
        return unreadable(update, "too deep or too large")
    misfit = _misfit(update)
    return unreadable(update, f"{misfit} is not what it has to be") if misfit else update


def unreadable(update: Json, reason: str) -> Json:
    """What is stored of an update that nobody can read: its number, and the reason in words of this program."""
    return {"update_id": update["update_id"] if is_numbered(update) else None, UNREADABLE: reason}


def is_numbered(update: Any) -> bool:
    """Whether it is an update with a number that Telegram may have given."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return type(number) is int and abs(number) <= _LARGEST_ID


def received(update: Json, *, of_staff: bool = False, own_name: str = "") -> ReceivedUpdate:
    """The update as it is stored: personal numbers masked in every string of it, and people's names left out.

    It does not matter whether anybody can read it. What staff write to the assistant, whose user name is `own_name`,
    stays as it is: they need each other's names, and publish numbers of offices. What nobody wrote to it, and what is
    never read, is not stored at all.
    """
    kind, content = _content(update)
    kept = update | {kind: _kept(content, own_name)} if kind in _MESSAGES else update
    stored = kept if of_staff else _masked(kept, "")
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


def characters_of(update: Json) -> int:
    """How long the text is that the update brings; 0 where it brings none, such as a press."""
    _, content = _content(update)
    return max(len(text) if isinstance(text := content.get(name), str) else 0 for name in ("text", "caption"))


def _is_absurd(update: Json) -> bool:
    """Level by level, as what is nested too deep cannot be walked through by a function that calls itself."""
    level: list[Any] = [update]
    values = 0
    for _ in range(_DEEPEST):
        level = [part for value in level for part in _parts(value)]
        values += len(level)
        if not level or values > _MOST_VALUES:
            break
    return bool(level)


def _misfit(update: Json) -> str:
    """The first field of those that are written down which has a value of another kind; empty where there is none."""
    kind, content = _content(update)
    if kind == "callback_query":
        pressed = _wrong(content, {"id": str, "data": str})
        if pressed:
            return pressed
    message = _message(content)
    for place, types in (
        (message, _OF_MESSAGES),
        (message.get("reply_to_message"), _OF_MESSAGES),
        (message.get("chat"), {"id": int, "type": str}),
        (message.get("from"), {"id": int}),
        (content.get("from"), {"id": int}),
    ):
        if isinstance(place, dict) and (wrong := _wrong(place, types)):
            return wrong
    return ""


def _wrong(fields: Mapping[str, Any], types: Mapping[str, type]) -> str:
    for name, wanted in types.items():
        value = fields.get(name)
        fits = type(value) is wanted and not (isinstance(value, int) and abs(value) > _LARGEST_ID)
        if value is not None and not fits:
            return name
    return ""


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


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


def _kept(message: Json, own_name: str) -> Json:
    """What a message is stored with: of chatter in a group, only that there was something."""
    if _is_unasked(message, own_name):
        kept = {name: message[name] for name in _OF_UNASKED if name in message}
        return kept | {name: _nobody(message[name]) for name in ("chat", "from") if name in message}
    kept = {name: value for name, value in message.items() if name not in _NEVER_READ}
    replied, origin = kept.get("reply_to_message"), kept.get("forward_origin")
    if isinstance(replied, dict):
        own = isinstance(sender := replied.get("from"), dict) and sender.get("is_bot") is True
        kept["reply_to_message"] = replied if own else _without_words(replied)
    if isinstance(origin, dict):
        kept["forward_origin"] = {"type": "hidden_user", "date": origin.get("date"), "sender_user_name": ""}
    return kept


def _is_unasked(message: Json, own_name: str) -> bool:
    """Whether members of a group wrote it to each other: no command, no reply to a bot, no mention, in no bot's topic.

    What is written in a topic replies to what the topic begins with, which is its maker's.
    """
    chat, replied = message.get("chat"), message.get("reply_to_message")
    if not isinstance(chat, dict) or chat.get("type") not in _GROUPS:
        return False
    if message.get("is_topic_message") and not isinstance(replied, dict):  # nobody knows whose topic it is
        return False
    sender = replied.get("from") if isinstance(replied, dict) else None
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        return False
    text = next((text for name in ("text", "caption") if isinstance(text := message.get(name), str)), "")
    return not text.startswith("/") and f"@{own_name}".lower() not in text.lower()


def _nobody(who: Any) -> Any:
    """A chat or a person without a name."""
    return (
        {name: who.get(name) for name in ("id", "type", "is_bot")} | {"first_name": ""}
        if isinstance(who, dict)
        else who
    )


def _without_words(replied: Json) -> Json:
    """A message that is none of the assistant's own and that somebody replied to: which one it is, and whose."""
    kept: Json = {name: replied[name] for name in ("message_id", "date", "chat") if name in replied}
    return kept | {"from": _nobody(replied["from"])} if "from" in replied else kept


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
