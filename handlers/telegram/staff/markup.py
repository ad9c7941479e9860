"""Messages of the staff group as Telegram's HTML, in which what citizens wrote never becomes markup or a link."""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from telegram.constants import ParseMode

from handlers.telegram.citizens.outgoing import label
from handlers.telegram.citizens.rendering import encodable
from handlers.telegram.staff.callback_data import Verb, encode

Keyboard = Sequence[Sequence[tuple[str, str]]]
"""Rows of buttons: label and data."""
_TAG = re.compile(r"</?[a-z][^<>]*>")


def literal(text: str) -> str:
    """Text as it is."""
    return escape(encodable(text), quote=False)


def quoted(text: str, most: int = 200) -> str:
    """What a citizen wrote: in `code`, addresses and names in it do not become links. Cut where it is long."""
    return f"<code>{literal(shortened(text, most))}</code>"


def shortened(text: str, most: int) -> str:
    """The text as one line of at most so many characters."""
    line = " ".join(text.split()) or "…"
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def mention(user: int, name: str) -> str:
    """Names somebody so that a prompt opens the reply field for them alone."""
    return f'<a href="tg://user?id={user}">{literal(name)}</a>'


def plain(html: str) -> str:
    """The text without its markup, for when Telegram does not take it."""
    return unescape(_TAG.sub("", html))


def text_arguments(html: str) -> dict[str, Any]:
    """The arguments of a call that shows the text."""
    return {"text": html, "parse_mode": ParseMode.HTML.value, "link_preview_options": {"is_disabled": True}}


def button(text: str, verb: Verb, number: int, more: str | int = "") -> tuple[str, str]:
    """One button."""
    return label(text), encode(verb, number, more)


def keyboard_arguments(keyboard: Keyboard) -> dict[str, Any]:
    """The arguments of a call that shows the buttons; none where there are none."""
    rows = [[{"text": text, "callback_data": data} for text, data in row] for row in keyboard if row]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}
