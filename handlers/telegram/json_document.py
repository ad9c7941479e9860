"""Reads JSON that others have written, however deep or long its parts are."""

import json
import re
from typing import Any

_DEEPEST = 100
"""Nothing of the Bot API is half as deep; Python reads about a thousand levels."""
_LONGEST_NUMBER = 400
"""Digits; Python refuses to read some thousands."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


def read_json(document: bytes) -> Any:
    """The document's value. Where it is too much for Python, null stands for what is nested too deep or is too long.

    Raises ValueError for what is no JSON.
    """
    try:
        return json.loads(document)
    except (RecursionError, ValueError):
        return json.loads(_shallow(document.decode(errors="replace")), parse_int=_number)


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


def _shallow(text: str) -> str:
    """The text with null for each list and object that is nested too deep."""
    kept: list[str] = []
    depth = place = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth == _DEEPEST + 1:
                kept += text[place : token.start()], "null"
        elif token[0] in "]}":
            if depth == _DEEPEST + 1:
                place = token.end()
            depth -= 1
    return "".join([*kept, text[place:]])
