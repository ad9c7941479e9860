"""Who may enter the console and who is signed in, in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.records.groups import StaffMember
from bot.records.staff_sessions import IDLE_FOR, LASTS, StaffSession
from bot.storage.database import Database
from bot.storage.digests import DigestKey, digest_of
from bot.storage.tables import SIGN_IN_CODES, STAFF_SESSIONS, storable


class SignIn:
    """Keeps codes and sessions as digests under this deployment's `key`: who reads the database cannot enter with it.

    Each method joins the unit it is called in, and raises StorageError.
    """

    def __init__(self, database: Database, key: DigestKey) -> None:
        self._database = database
        self._key = key
        insert = database.backend.insert(SIGN_IN_CODES)
        new = {name: insert.excluded[name] for name in ("digest", "member_name", "until")}
        self._keep_code = insert.on_conflict_do_update(index_elements=[SIGN_IN_CODES.c.member_id], set_=new)

    async def keep_code(self, code: str, member: StaffMember, until: datetime) -> None:
        """The member may enter with the code until then, and with none that they were given before."""
        values = {"digest": self._digest("code", code), **_columns(member), "until": until}

        def work(connection: Connection) -> None:
            connection.execute(self._keep_code.values(values))

        await self._database.write(work)

    async def use_code(self, code: str, now: datetime) -> StaffMember | None:
        """Whom the code lets in; it lets nobody in again."""
        codes = SIGN_IN_CODES.c
        chosen = (codes.digest == self._digest("code", code)) & (codes.until > now)
        use = delete(SIGN_IN_CODES).where(chosen).returning(codes.member_id, codes.member_name)

        def work(connection: Connection) -> StaffMember | None:
            row = connection.execute(use).one_or_none()
            return _member(row) if row else None

        return await self._database.write(work)

    async def begin(self, session_key: str, member: StaffMember, now: datetime) -> None:
        """The member is signed in, in the browser that has the key."""
        times = {"began_at": now, "seen_at": now}
        values = {"digest": self._digest("session", session_key), **_columns(member), **times}

        def work(connection: Connection) -> None:
            connection.execute(self._database.backend.insert(STAFF_SESSIONS).values(values))

        await self._database.write(work)

    async def session(self, session_key: str) -> StaffSession | None:
        """The session of that key, whether or not its time is over."""
        query = select(STAFF_SESSIONS).where(STAFF_SESSIONS.c.digest == self._digest("session", session_key))

        def work(connection: Connection) -> StaffSession | None:
            row = connection.execute(query).one_or_none()
            return StaffSession(_member(row), row.began_at, row.seen_at) if row else None

        return await self._database.read(work)

    async def saw(self, session_key: str, now: datetime) -> None:
        """The session is in use."""
        mine = STAFF_SESSIONS.c.digest == self._digest("session", session_key)
        await self._change(update(STAFF_SESSIONS).where(mine).values(seen_at=now))

    async def end(self, session_key: str) -> None:
        """Ends one session."""
        await self._change(
            delete(STAFF_SESSIONS).where(STAFF_SESSIONS.c.digest == self._digest("session", session_key))
        )

    async def end_all(self, member_id: str) -> int:
        """Ends every session of a member, and destroys their code; how many sessions that were."""
        await self._change(delete(SIGN_IN_CODES).where(SIGN_IN_CODES.c.member_id == member_id))
        return await self._change(delete(STAFF_SESSIONS).where(STAFF_SESSIONS.c.member_id == member_id))

    async def purge(self, now: datetime) -> int:
        """Destroys codes and sessions whose time is over; how many."""
        sessions = STAFF_SESSIONS.c
        over = (sessions.began_at <= now - LASTS) | (sessions.seen_at <= now - IDLE_FOR)
        codes = await self._change(delete(SIGN_IN_CODES).where(SIGN_IN_CODES.c.until <= now))
        return codes + await self._change(delete(STAFF_SESSIONS).where(over))

    async def _change(self, statement: Any) -> int:
        def work(connection: Connection) -> int:
            return connection.execute(statement).rowcount

        return await self._database.write(work)

    def _digest(self, kind: str, secret: str) -> bytes:
        return digest_of(f"{kind}:{secret}", self._key)


def _columns(member: StaffMember) -> dict[str, str]:
    return {"member_id": storable(member.id), "member_name": storable(member.name)}


def _member(row: Any) -> StaffMember:
    return StaffMember(row.member_id, row.member_name)
