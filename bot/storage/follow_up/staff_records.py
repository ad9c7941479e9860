"""What staff did and what they keep, in the database: every act, saved replies, the pause of the
assistant, and who is signed in to the console.
"""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, select, update

from bot.records.groups import Act, AuditRecord, Deed, SavedReply, StaffMember
from bot.records.staff_sessions import IDLE_FOR, LASTS, StaffSession
from bot.storage.database import Database, storable
from bot.storage.digests import DigestKey, digest_of
from bot.storage.follow_up.groups import NUMBERS
from bot.storage.follow_up.tables import AUDIT, SAVED_REPLIES
from bot.storage.tables import DEPLOYMENT, SIGN_IN_CODES, STAFF_SESSIONS


class Audit:
    """Keeps every act; nothing of it is ever changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        at: datetime,
        by: StaffMember,
        act: Act,
        *,
        group: int | None,
        before: dict[str, Any],
        after: dict[str, Any],
    ) -> None:
        """Keeps one act, in the unit that it is done in."""
        values = {
            "at": at,
            "by_id": storable(by.id),
            "by_name": storable(by.name),
            "act": act,
            "group_number": group,
            "before": before,
            "after": after,
        }
        insert = self._database.backend.insert(AUDIT).values(values)
        await self._database.execute(insert)

    async def listed(
        self, limit: int | None = None, group: int | None = None, before: int | None = None
    ) -> list[AuditRecord]:
        """The records, of one group where it is named, the newest first; with `before`, those of smaller numbers."""
        query = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(limit)
        if group is not None:
            query = query.where(AUDIT.c.group_number == group)
        if before is not None:
            query = query.where(AUDIT.c.number < before)
        return [_record(row) for row in await self._database.rows(query)]


def _record(row: Row[Any]) -> AuditRecord:
    by = StaffMember(row.by_id, row.by_name)
    return AuditRecord(row.number, row.at, by, Act(row.act), row.group_number, row.before, row.after)


class KeptReplies:
    """Keeps saved replies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self) -> list[SavedReply]:
        """All of them, the newest first."""
        query = select(SAVED_REPLIES).order_by(SAVED_REPLIES.c.number.desc())
        return [
            SavedReply(row.number, row.text, StaffMember(row.by_id, row.by_name), row.at)
            for row in await self._database.rows(query)
        ]

    async def add(self, text: str, by: StaffMember, at: datetime) -> int:
        """The number under which the text is kept; a text that is kept already stays as it is."""
        values = {"text": storable(text), "by_id": storable(by.id), "by_name": storable(by.name), "at": at}
        insert = self._database.backend.insert(SAVED_REPLIES).values(values).returning(SAVED_REPLIES.c.number)
        known = select(SAVED_REPLIES.c.number).where(SAVED_REPLIES.c.text == values["text"]).limit(1)

        def work(connection: Connection) -> int:
            number = connection.execute(known).scalar()
            return int(number if number is not None else connection.execute(insert).scalar_one())

        return await self._database.write(work)

    async def remove(self, number: int) -> bool:
        """Destroys one; False when there is none of that number."""
        if number not in NUMBERS:
            return False
        chosen = delete(SAVED_REPLIES).where(SAVED_REPLIES.c.number == number)
        return await self._database.execute(chosen) == 1


_NAME = "paused"
_DEED = TypeAdapter(Deed)


class KeptPause:
    """Keeps who paused the assistant, and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self) -> Deed | None:
        """Who paused it; None while it answers."""
        query = select(DEPLOYMENT.c.value).where(DEPLOYMENT.c.name == _NAME)
        kept = await self._database.scalar(query)
        return _DEED.validate_json(kept) if kept else None

    async def begin(self, deed: Deed) -> None:
        """It is paused from now on; one that is paused already stays as it is."""
        insert = self._database.backend.insert(DEPLOYMENT).on_conflict_do_nothing()
        values = {"name": _NAME, "value": storable(_DEED.dump_json(deed).decode())}
        await self._database.execute(insert, values)

    async def end(self) -> bool:
        """It answers again; False when it was not paused."""
        return await self._database.execute(delete(DEPLOYMENT).where(DEPLOYMENT.c.name == _NAME)) == 1


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
        await self._database.execute(self._keep_code.values(values))

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
        await self._database.execute(self._database.backend.insert(STAFF_SESSIONS).values(values))

    async def session(self, session_key: str) -> StaffSession | None:
        """The session of that key, whether or not its time is over."""
        query = select(STAFF_SESSIONS).where(STAFF_SESSIONS.c.digest == self._digest("session", session_key))
        row = await self._database.row(query)
        return StaffSession(_member(row), row.began_at, row.seen_at) if row else None

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
        return await self._database.execute(statement)

    def _digest(self, kind: str, secret: str) -> bytes:
        return digest_of(f"{kind}:{secret}", self._key)


def _columns(member: StaffMember) -> dict[str, str]:
    return {"member_id": storable(member.id), "member_name": storable(member.name)}


def _member(row: Any) -> StaffMember:
    return StaffMember(row.member_id, row.member_name)
