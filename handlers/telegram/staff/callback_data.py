"""What the buttons of the staff group carry: `s`, what to do, a number in base 36, and sometimes more.

    stc            take group 12
    skc:budget     link group 12 to the entry `budget`
    slc:1          the second page of entries to link group 12 to
    ssa3           send preview 363

Citizens' buttons never begin with `s` (see handlers/telegram/citizens/callback_data.py). At most 64 bytes of ASCII.
"""

import re
from dataclasses import dataclass
from enum import Enum

PREFIX = "s"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST = 2**63 - 1
_SHAPE = re.compile(r"s([a-z])([0-9a-z]{1,13})(?::([a-z0-9-]{1,48}))?", re.ASCII)


class Verb(Enum):
    """What a button does; the number is a group's, but for SEND and CANCEL, where it is a preview's."""

    HOW_TO_ANSWER = "a"
    LINK = "l"
    LINK_TO = "k"
    SEARCH = "f"
    ASK_BACK = "b"
    DISMISS = "d"
    DISMISS_FOR = "r"
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
    CANCEL = "c"
    CLOSE = "z"


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button asks for; `more` is an entry's id or another number, as it is written in the data."""

    verb: Verb
    number: int
    more: str = ""

    @property
    def count(self) -> int:
        """`more` as a number written in decimal digits; 0 where it is none."""
        return int(self.more) if self.more.isdecimal() and int(self.more) <= _LARGEST else 0


def encode(verb: Verb, number: int, more: str | int = "") -> str:
    """The data of a button; at most 64 bytes as long as ids have at most 48 characters."""
    return f"{PREFIX}{verb.value}{written(number)}" + (f":{more}" if more != "" else "")


def decode(data: str) -> Press | None:
    """What the data of a button asks for, or None when no button of the staff group carries it."""
    found = _SHAPE.fullmatch(data)
    if not found or found[1] not in {verb.value for verb in Verb} or int(found[2], 36) > _LARGEST:
        return None
    return Press(Verb(found[1]), int(found[2], 36), found[3] or "")


def written(number: int) -> str:
    """A number in base 36."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
