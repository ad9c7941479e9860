"""Where a quoted text or a pair of brackets ends, in its own line or in one below."""

from collections.abc import Sequence
from dataclasses import dataclass

_CLOSED_BY = {"[": "]", "{": "}"}
_QUOTES = "\"'"


@dataclass(frozen=True, slots=True)
class Depth:
    """Where the brackets are all closed, or the closing signs of those that stay open, the outermost first."""

    at: int | None
    open: tuple[str, ...] = ()
    quote: int | None = None
    """The place of a quote that is not closed; its sign is the last of those that stay open."""


def end_of_quoted(text: str, start: int = 0) -> int | None:
    """The place behind the quoted text that begins at `start`; None when it is not closed."""
    sign, at = text[start], start + 1
    while at < len(text):
        if (text[at] == "\\" and sign == '"') or (text[at] == sign and sign == "'" and text[at + 1 : at + 2] == "'"):
            at += 2
        elif text[at] == sign:
            return at + 1
        else:
            at += 1
    return None


def flow_depth(text: str) -> Depth:
    """Looks for the end of the brackets that `text` begins with."""
    opened: list[str] = []
    at, before = 0, ""
    while at < len(text):
        sign = text[at]
        if sign in _QUOTES and before in ("", "[", "{", ",", ":"):
            end = end_of_quoted(text, at)
            if end is None:
                return Depth(None, (*opened, sign), at)
            at, before = end, sign
            continue
        if sign in _CLOSED_BY:
            opened.append(_CLOSED_BY[sign])
        elif opened and sign == opened[-1]:
            opened.pop()
            if not opened:
                return Depth(at + 1)
        if not sign.isspace():
            before = sign
        at += 1
    return Depth(None, tuple(opened))


def lines_until_closed(text: str, following: Sequence[str]) -> int | None:
    """How many of the following lines it takes to close what `text` opens; None when they do not close it."""
    whole = "\n".join((text, *following))
    end = end_of_quoted(whole) if text[0] in _QUOTES else flow_depth(whole).at
    return None if end is None else whole.count("\n", 0, end)
