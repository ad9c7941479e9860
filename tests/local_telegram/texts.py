"""Texts as the Bot API takes them: parsed, cleaned, trimmed and measured."""

import re
from typing import Any

from tests.local_telegram.html_reading import Entity, read_html, units
from tests.local_telegram.refusals import bad_request

MOST_CHARACTERS = 4096
_MOST_BYTES = 1 << 15
_TRIMMED_AT_END = " \n\t\u00a0\u2000\u200b\u2028\u2029\u3000"
_CONTROLS: dict[int, str] = dict.fromkeys(range(32), " ") | {0: "", 9: "\t", 10: "\n", 13: ""}
_TYPED = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31})"
)


def formatted(text: str, parse_mode: str) -> dict[str, Any]:
    """The text of a message with its entities. Raises Refusal."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if not text:
        raise bad_request("message text is empty")
    if size > _MOST_BYTES:
        raise bad_request("text is too long")
    if parse_mode not in ("", "HTML"):
        raise bad_request("unsupported parse_mode")
    shown, entities = trimmed(*read_html(text)) if parse_mode else trimmed(text, [])
    if not shown:
        raise bad_request("text must be non-empty")
    if len(shown) > MOST_CHARACTERS:
        raise bad_request("message is too long")
    return {"text": shown} | ({"entities": entities} if entities else {})


def typed(text: str) -> dict[str, Any]:
    """A text as a citizen's app sends it, with the commands and names that it marks by itself."""
    shown, _ = trimmed(text, [])
    entities = [
        {"type": found.lastgroup, "offset": units(shown[: found.start()]), "length": units(found[0])}
        for found in _TYPED.finditer(shown)
    ]
    return {"text": shown} | ({"entities": entities} if entities else {})


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text without control characters and the space around it, its entities moved along."""
    cleaned = text.translate(_CONTROLS).rstrip(_TRIMMED_AT_END)
    lead = len(cleaned) - len(cleaned.lstrip(" \n"))
    lead = min([lead, *(entity["offset"] for entity in entities)])
    shown = cleaned[lead:]
    moved = [entity | {"offset": entity["offset"] - lead} for entity in entities]
    kept = [entity | {"length": min(entity["length"], units(shown) - entity["offset"])} for entity in moved]
    return shown, [entity for entity in kept if entity["length"] > 0]
