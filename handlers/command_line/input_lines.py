"""Reads the input of `ask --json -`: plain text or JSON objects, one a line, bounded in memory."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from knowledge.base import LANGUAGES, Language

MAX_LINE_BYTES = 100_000
_SURROGATES = re.compile("[\ud800-\udfff]")


class InputLineError(ValueError):
    """The line can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question of one line; lines of one session share a conversation."""

    question: str
    session: str | None = None
    language: Language | None = None
    """The language to reply in; None for the question's own."""


def raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of the stream, of an over-long one only the beginning (one byte more than is allowed)."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        rest = line
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE_BYTES + 1)
        yield line


def parse_line(raw: bytes) -> AskedLine:
    """The question that the line asks. Raises InputLineError."""
    if len(raw) > MAX_LINE_BYTES:
        raise InputLineError(f"the line is over {MAX_LINE_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8").strip("\ufeff \t\r\n")
    except UnicodeDecodeError:
        raise InputLineError("the line is not UTF-8 text") from None
    return _from_object(text) if text.startswith("{") else AskedLine(_question(text))


def _from_object(text: str) -> AskedLine:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise InputLineError("the line begins with { and is not a JSON object") from None
    session, language = data.get("session"), data.get("language")
    if not isinstance(session, str | None):
        raise InputLineError("'session' must be a string")
    if language is not None and language not in LANGUAGES:
        raise InputLineError("'language' must be one of: " + ", ".join(LANGUAGES))
    return AskedLine(_question(data.get("question")), session, language)


def _question(value: object) -> str:
    if not isinstance(value, str):
        raise InputLineError("'question' is missing or not a string")
    if not value.strip():
        raise InputLineError("the question is empty")
    if _SURROGATES.search(value):
        raise InputLineError("the question holds half a surrogate pair, which is not a character")
    return value
