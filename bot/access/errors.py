"""The errors of this room.

AccessError                  (an AssistantError)
├── UnusableCodeError        the code was used already, is too old, or never was one
├── NotSignedInError         there is no session, or its time is over
├── NotStaffError            whoever is signed in does not belong to the staff any more
└── UnknownMembershipError   whether somebody belongs to the staff cannot be found out now
"""

from bot.errors import AssistantError


class AccessError(AssistantError):
    """Base of everything that keeps somebody out of the console."""


class UnusableCodeError(AccessError):
    """The code lets nobody in."""

    def __init__(self) -> None:
        super().__init__("the code was used already or is older than five minutes; send /console to the bot again")


class NotSignedInError(AccessError):
    """There is no session, or its time is over."""

    def __init__(self) -> None:
        super().__init__("nobody is signed in, or the session is over; send /console to the bot")


class NotStaffError(AccessError):
    """Whoever is signed in has left the staff group."""

    def __init__(self) -> None:
        super().__init__("this is for members of the staff group alone")


class UnknownMembershipError(AccessError):
    """Whether somebody belongs to the staff cannot be found out now."""

    def __init__(self) -> None:
        super().__init__("whether you belong to the staff group cannot be found out now; try again in a moment")
