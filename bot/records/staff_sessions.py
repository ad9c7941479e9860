"""Staff who are signed in to the console, and the links that let them in."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.records.groups import StaffMember

IDLE_FOR = timedelta(minutes=30)
"""Without a request for so long, a session is over."""
LASTS = timedelta(hours=12)
"""However much it is used, a session is over then."""
LINK_LASTS = timedelta(minutes=5)

_CHARACTERS = "ABCDEFGHJKMNPQRSTUVWXYZ3456789"
_PART, _PARTS = 4, 3


@dataclass(frozen=True, slots=True)
class StaffSession:
    """Somebody who is signed in."""

    member: StaffMember
    began_at: datetime
    seen_at: datetime
    """The last request, give or take a minute."""

    def is_over(self, now: datetime) -> bool:
        """Whether its time is over."""
        return now >= self.began_at + LASTS or now >= self.seen_at + IDLE_FOR


class Membership(Enum):
    """Whether somebody is staff now."""

    MEMBER = "member"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    """It cannot be found out now."""


def new_code() -> str:
    """A code such as `K7MP-3XQR-9DTW`: 58 bits that can be typed, for one use in five minutes.

    Whoever tries a thousand a second for all that time finds one of them with a chance of one in 10^12.
    """
    parts = ("".join(secrets.choice(_CHARACTERS) for _ in range(_PART)) for _ in range(_PARTS))
    return "-".join(parts)


def tidy_code(written: str) -> str:
    """A code as somebody typed it, in the spelling it was given out in."""
    plain = "".join(character for character in written.upper() if character in _CHARACTERS)[: _PART * _PARTS]
    return "-".join(plain[start : start + _PART] for start in range(0, len(plain), _PART))


def new_session_key() -> str:
    """What a browser shows with each request: 256 bits."""
    return secrets.token_urlsafe(32)
