"""Reads HTML as the Bot API does: what it refuses, this refuses, with the same words."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.refusals import bad_request

Entity = dict[str, Any]

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?", re.ASCII)
_START = re.compile(r"<([^\s>]*)")
_END = re.compile(r"</([^\s>]*)\s*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[a-zA-Z0-9.-]+(?=[\s>])))?\s*""")
_LARGEST_CODE = 0x10FFFF


def read_html(source: str) -> tuple[str, list[Entity]]:
    """The text without markup, and what is marked in it. Raises Refusal when the markup is wrong."""
    reader = _Reader(source)
    reader.read()
    return "".join(reader.written), reader.entities


def units(text: str) -> int:
    """The length in UTF-16 units, in which entities are counted."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reader:
    source: str
    position: int = 0
    length: int = 0
    written: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def read(self) -> None:
        while self.position < len(self.source):
            if self.source[self.position] == "&":
                self._reference()
            elif self.source.startswith("</", self.position):
                self._end_tag()
            elif self.source[self.position] == "<":
                self._start_tag()
            else:
                self._write(self.source[self.position], 1)
        if self.open:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"], entity["type"]))

    def _write(self, text: str, read: int) -> None:
        self.written.append(text)
        self.length += units(text)
        self.position += read

    def _reference(self) -> None:
        found = _REFERENCE.match(self.source, self.position)
        character = _referred(found) if found else None
        if found and character:
            self._write(character, len(found[0]))
        else:
            self._write("&", 1)

    def _start_tag(self) -> None:
        at = self._byte()
        found = _START.match(self.source, self.position)
        if not found or found.end() == len(self.source):
            raise _unreadable(f"Unclosed start tag at byte offset {at}")
        tag = found[1].lower()
        if tag not in _TYPES:
            raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {at}')
        self.position = found.end()
        attributes = self._attributes(tag, at)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.open.append(_Open(tag, self.length, attributes))

    def _attributes(self, tag: str, at: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while not self.source.startswith(">", self._after_space()):
            found = _ATTRIBUTE.match(self.source, self.position)
            if self._after_space() == len(self.source) or (found and found.end() == len(self.source)):
                raise _unreadable(f'Unclosed start tag "{tag}" at byte offset {at}')
            if not found:
                raise _unreadable(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
            attributes[found[1].lower()] = (found[2] or "").strip("\"'")
            self.position = found.end()
        self.position = self._after_space() + 1
        return attributes

    def _after_space(self) -> int:
        rest = self.source[self.position :]
        return self.position + len(rest) - len(rest.lstrip())

    def _end_tag(self) -> None:
        at = self._byte()
        if not self.open:
            raise _unreadable(f"Unexpected end tag at byte offset {at}")
        found = _END.match(self.source, self.position)
        if not found or not self.source.startswith(">", found.end()):
            raise _unreadable(f"Unclosed end tag at byte offset {at}")
        opened, name = self.open.pop(), found[1].lower()
        if name not in ("", opened.tag):
            raise _unreadable(f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"')
        self.position = found.end() + 1
        self._mark(opened)

    def _mark(self, opened: _Open) -> None:
        if self.length == opened.offset:
            return
        entity = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "a":
            if "href" not in opened.attributes:
                return
            entity["url"] = opened.attributes["href"]
        self.entities.append(entity)

    def _byte(self) -> int:
        return len(self.source[: self.position].encode())


def _referred(found: re.Match[str]) -> str | None:
    if found[3]:
        return _NAMED.get(found[3])
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < _LARGEST_CODE and not 0xD800 <= code <= 0xDFFF else None


def _unreadable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
