"""How messages of the staff group are written: HTML in which what citizens wrote never becomes markup or a link, and
buttons.

A button carries `s`, what to do, a number in base 36, and sometimes more:

    stc            take group 12
    skc:budget     link group 12 to the entry `budget`
    slc:1          the second page of entries to link group 12 to
    ssa3           send preview 363

Citizens' buttons never begin with `s` (see bot/dialogue/messages.py). At most 64 bytes of ASCII.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape, unescape
from typing import Any

from telegram.constants import ParseMode

from bot.delivery import OutgoingCall
from bot.dialogue.messages import LARGEST_NUMBER, base36, encodable
from handlers.telegram.citizens import label

Keyboard = Sequence[Sequence[tuple[str, str]]]
"""Rows of buttons: label and data."""
_TAG = re.compile(r"</?[a-z][^<>]*>")

PREFIX = "s"
_SHAPE = re.compile(r"s([a-zA-Z])([0-9a-z]{1,13})(?::([a-z0-9-]{1,58}))?", re.ASCII)


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


def text_call(
    chat: int,
    html: str,
    keyboard: Keyboard = (),
    *,
    method: str = "sendMessage",
    reference: str | None = None,
    **place: Any,
) -> OutgoingCall:
    """A call that shows a text with buttons; `place` is where, as arguments of the call."""
    text = {"text": html, "parse_mode": ParseMode.HTML.value, "link_preview_options": {"is_disabled": True}}
    rows = [[{"text": label, "callback_data": data} for label, data in row] for row in keyboard if row]
    buttons = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
    return OutgoingCall(chat, method, {"chat_id": chat} | place | text | buttons, _plain(html), reference)


def _plain(html: str) -> str:
    """The text without its markup, for when Telegram does not take it."""
    return unescape(_TAG.sub("", html))


class Verb(Enum):
    """What a button does; the number is a group's, but for what acts on previews, where it is theirs."""

    HOW_TO_ANSWER = "a"
    LINK = "l"
    LINK_TO = "k"
    SEARCH = "f"
    ASK_BACK = "b"
    DISMISS = "d"
    DISMISS_FOR = "r"
    DISMISS_CHECKED = "C"
    """For the reason that the message with the button replies to, which somebody has looked at."""
    OWN_REASON = "w"
    TAKE = "t"
    HAND_OVER = "h"
    SPLIT = "p"
    SPLIT_OFF = "q"
    MERGE = "m"
    UNDO = "u"
    APPROVE = "v"
    REOPEN = "x"
    OPEN = "o"
    SEND = "s"
    LEAVE_OUT = "y"
    CANCEL = "c"
    CLOSE = "z"
    LIST = "n"
    """The number is a page of the list of what is unanswered; with `w`, of those for which somebody waits."""
    BULK = "g"
    DISMISS_MANY = "j"
    """`more` are a reason and the groups' numbers in base 36, with hyphens between them."""
    SAVED = "e"
    USE_SAVED = "i"
    KEEP = "K"
    """The number is a preview's, whose text is saved."""
    DROP_SAVED = "D"
    """The number is a saved reply's."""


@dataclass(frozen=True, slots=True)
class ButtonData:
    """What a pressed button asks for; `more` is an entry's id or another number, as it is written in the data."""

    verb: Verb
    number: int
    more: str = ""

    @property
    def count(self) -> int:
        """`more` as a number written in decimal digits; 0 where it is none."""
        return int(self.more) if self.more.isdecimal() and int(self.more) <= LARGEST_NUMBER else 0


def encode(verb: Verb, number: int, more: str | int = "") -> str:
    """The data of a button; at most 64 bytes as long as ids have at most 48 characters."""
    return f"{PREFIX}{verb.value}{base36(number)}" + (f":{more}" if more != "" else "")


def decode(data: str) -> ButtonData | None:
    """What the data of a button asks for, or None when no button of the staff group carries it."""
    found = _SHAPE.fullmatch(data)
    if not found or found[1] not in {verb.value for verb in Verb} or int(found[2], 36) > LARGEST_NUMBER:
        return None
    return ButtonData(Verb(found[1]), int(found[2], 36), found[3] or "")


def button(text: str, verb: Verb, number: int, more: str | int = "") -> tuple[str, str]:
    """One button."""
    return label(text), encode(verb, number, more)
