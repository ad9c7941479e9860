"""The way into the console: a code for one use, then a session, and membership of the staff at each request."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.access.errors import NotSignedInError, NotStaffError, UnknownMembershipError, UnusableCodeError
from bot.records.groups import Act, StaffMember
from bot.records.staff_sessions import (
    LINK_LASTS,
    Membership,
    StaffSession,
    new_code,
    new_session_key,
    tidy_code,
)
from bot.storage.storage import Storage

_SEEN_AGAIN = timedelta(minutes=1)
"""Not each request is written down."""


class StaffRoll(Protocol):
    """Knows who belongs to the staff now."""

    async def membership(self, member: StaffMember) -> Membership:
        """What the member is at this moment; raises StorageError."""
        ...


class ConsoleAccess:
    """Lets members of the staff in. All methods raise StorageError."""

    def __init__(self, storage: Storage, roll: StaffRoll, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self._roll = roll
        self._clock = clock

    async def code(self, member: StaffMember) -> str:
        """A code with which the member can enter once, in the next five minutes; older ones of theirs are void.

        Whether they are staff is to be known by whoever asks for it.
        """
        made = new_code()
        await self._storage.sign_in.keep_code(made, member, self._clock() + LINK_LASTS)
        return made

    async def enter(self, code: str) -> str:
        """The key of a new session; raises UnusableCodeError, NotStaffError and UnknownMembershipError."""
        now = self._clock()
        member = await self._storage.sign_in.use_code(tidy_code(code), now)
        if member is None:
            raise UnusableCodeError
        await self._require_staff(member)
        key = new_session_key()
        async with self._storage.unit():
            await self._storage.sign_in.begin(key, member, now)
            await self._audit(member, Act.SIGN_IN)
        return key

    async def session(self, key: str, *, in_use: bool = True) -> StaffSession:
        """The session of that key, of somebody who is staff at this moment.

        Raises NotSignedInError, NotStaffError and UnknownMembershipError. What a page asks for by itself is not
        `in_use`, and keeps no session open.
        """
        now, found = self._clock(), await self._storage.sign_in.session(key)
        if found is None or found.is_over(now):
            raise NotSignedInError
        await self._require_staff(found.member)
        if in_use and now - found.seen_at >= _SEEN_AGAIN:
            await self._storage.sign_in.saw(key, now)
        return found

    async def leave(self, member: StaffMember) -> None:
        """Signs the member out, wherever they are signed in."""
        async with self._storage.unit():
            await self._storage.sign_in.end_all(member.id)
            await self._audit(member, Act.SIGN_OUT)

    async def _require_staff(self, member: StaffMember) -> None:
        """Ends all sessions of whoever has left the staff; raises NotStaffError and UnknownMembershipError."""
        membership = await self._roll.membership(member)
        if membership is Membership.UNKNOWN:
            raise UnknownMembershipError
        if membership is Membership.STRANGER:
            async with self._storage.unit():
                await self._storage.sign_in.end_all(member.id)
                await self._audit(member, Act.REFUSED, tried="console", why="not a member of the staff group")
            raise NotStaffError

    async def _audit(self, member: StaffMember, act: Act, **after: str) -> None:
        audit = self._storage.follow_up.audit
        await audit.add(self._clock(), member, act, group=None, before={}, after=after)
