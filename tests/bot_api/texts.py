"""Texts as Telegram takes them: parsed, trimmed, then measured."""

from typing import Any

from tests.bot_api.arguments import Arguments, Json
from tests.bot_api.html_reading import read_html, units
from tests.bot_api.refusals import bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_LONGEST_RAW = 1 << 15
_CONTROLS: dict[int, str] = dict.fromkeys(range(32), " ") | {0: "", 9: "\t", 10: "\n", 13: ""}
_UNSEEN = " \n\t\u00a0\u2000\u200b\u2028\u2029\u3000"


def text_of(arguments: Arguments) -> Json:
    """`text` and `entities` of a message. Raises Refusal where Telegram refuses it."""
    if not arguments.text("text"):
        raise bad_request("message text is empty")
    text, entities = _read(arguments, "text", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_of(arguments: Arguments) -> Json:
    """`caption` and `caption_entities` of a file, nothing where it has none. Raises Refusal."""
    if not arguments.text("caption"):
        return {}
    text, entities = _read(arguments, "caption", "caption_entities")
    if len(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def _read(arguments: Arguments, name: str, entities_name: str) -> tuple[str, list[Json]]:
    source = arguments.text(name)
    try:
        size = len(source.encode())
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if size > _LONGEST_RAW:
        raise bad_request("text is too long")
    mode = arguments.text("parse_mode").lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    if mode == "html" and ("<" in source or "&" in source):
        return trimmed(*read_html(source))
    given = [] if mode else arguments.structure(entities_name) or []
    return trimmed(source, [entity for entity in given if _fits(entity, units(source))])


def _fits(entity: Any, size: int) -> bool:
    if not isinstance(entity, dict) or not isinstance(entity.get("offset"), int) or "length" not in entity:
        raise bad_request("can't parse MessageEntity: expected an Object")
    offset, length = int(entity["offset"]), int(entity["length"])
    return offset >= 0 and length > 0 and offset + length <= size


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without control characters and the space around it, its entities moved along."""
    text = text.translate(_CONTROLS).rstrip(_UNSEEN)
    lead = len(text) - len(text.lstrip(" \n"))
    lead = min([lead, *(entity["offset"] for entity in entities)])
    text, size, kept = text[lead:], units(text[lead:]), []
    for entity in entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], size - offset)
        if length > 0:
            kept.append(entity | {"offset": offset, "length": length})
    return text, kept
