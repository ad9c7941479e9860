"""Updates in the database until they are handled."""

import secrets
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Update, bindparam, func, select, text, update

from bot.delivery import LEASE, DeadLetter, InboxCounts, ReceivedUpdate, WaitingUpdate
from bot.errors import LeaseLostError, StorageError
from bot.storage.chat_queues import ChatQueues, padded
from bot.storage.database import Database, storable, storable_number
from bot.storage.digests import DigestKey, digest_of
from bot.storage.tables import DEAD, INBOX, WAITING

_WHENEVER = datetime(9000, 1, 1, tzinfo=UTC)
_IN_CHANNEL = INBOX.c.channel == bindparam("in_channel")
_IS_WAITING = _IN_CHANNEL & (INBOX.c.number == bindparam("of")) & text(WAITING)
_COLUMNS = (INBOX.c.number, INBOX.c.chat, INBOX.c.body, INBOX.c.attempts, INBOX.c.received_at)
_GRACE = 5.0
"""Seconds in which, after the database was away, nobody takes over what another process holds: it may have answered it
meanwhile, which it writes down first of all."""
_SLOW = 4.0
"""Seconds after which a database that answers again is taken to have been away; whoever stores waits a little longer
before it answers without that."""
_LEFT = timedelta(seconds=2)
"""For so long others leave what is new to whoever has stored it."""
_SURE = 1.5
"""Seconds for which it is surely nobody else's; the rest is for clocks that differ."""
_REMEMBERED = 5.0
_NOTICED = 3.0
"""Seconds within which this process sees that the database is gone; what it cannot use for longer hung before."""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_IS_FREE = INBOX.c.holder.is_(None) | (INBOX.c.holder == bindparam("us"))
_FREE = ChatQueues(
    INBOX,
    WAITING,
    # Checked anew when another process let go of the row; not the condition of an index, so that it is found by number.
    select(*_COLUMNS)
    .where(INBOX.c.state.in_(("waiting",)), _IS_FREE | (INBOX.c.leased_until <= bindparam("over")))
    .where(INBOX.c.received_at <= bindparam("by"))
    .with_for_update(of=INBOX, skip_locked=True),
)
_NUMBERED = INBOX.c.number.in_(bindparam("numbers", expanding=True))
_OURS = text(WAITING) & (INBOX.c.holder == bindparam("us"))
_CLAIM = update(INBOX).where(_NUMBERED).values(holder=bindparam("us"), leased_until=bindparam("end"))
_RENEW = update(INBOX).where(_NUMBERED, _OURS).values(leased_until=bindparam("end"))
_REPLACE = (
    update(INBOX)
    .where(_IN_CHANNEL, INBOX.c.key_digest == bindparam("key"), text(WAITING))
    .values(body=bindparam("new"))
)
_OVER = {"holder": None, "leased_until": None}
_OTHERS = INBOX.c.number.not_in(bindparam("but", expanding=True))
_RELEASE = update(INBOX).where(_IN_CHANNEL, _OURS, _OTHERS).values(_OVER)
_WAITING = select(INBOX.c.received_at).where(_IN_CHANNEL, text(WAITING))
_OLDEST = _WAITING.order_by(INBOX.c.number).limit(1)
_WAITING_COUNT = select(func.count()).select_from(_WAITING.subquery())
_DEAD_COUNT = select(func.count()).select_from(INBOX).where(_IN_CHANNEL, text(DEAD))
_DEAD_LETTERS = (
    select(INBOX.c.number, INBOX.c.body, INBOX.c.reason, INBOX.c.received_at)
    .where(_IN_CHANNEL, text(DEAD))
    .order_by(INBOX.c.number.desc())
    .limit(bindparam("limit"))
)


class OwnUpdates:
    """What a process has stored a moment ago and not claimed yet: it can go on with that though the database is gone.

    Keeps each until it is claimed, or of no use any more. Moments are those of `time.monotonic`.
    """

    def __init__(self) -> None:
        self._kept: dict[int, tuple[WaitingUpdate, float]] = {}
        """By number, and when it was stored."""

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def keep(self, stored: Iterable[WaitingUpdate], at: float) -> None:
        """These are being stored."""
        self.forget([number for number, (_, since) in self._kept.items() if since < at - _REMEMBERED])
        self._kept |= {waiting.number: (waiting, at) for waiting in stored}

    def forget(self, numbers: Iterable[int]) -> None:
        """These are claimed, or were not stored."""
        for number in numbers:
            self._kept.pop(number, None)

    def forget_all(self) -> None:
        """Others may claim all of them."""
        self._kept.clear()

    def taken(self, limit: int, without: Collection[int], by: datetime, gone_since: float) -> list[WaitingUpdate]:
        """What nobody else can have claimed before that moment, as `Inbox.claim` gives it."""
        heads: dict[int, WaitingUpdate] = {}
        for _, (waiting, since) in sorted(self._kept.items()):
            if gone_since < since + _SURE and waiting.chat not in without and waiting.received_at <= by:
                heads.setdefault(waiting.chat, waiting)
        taken = list(heads.values())[:limit]
        self.forget(waiting.number for waiting in taken)
        return taken


class KeptInbox:
    """Keeps the updates of one channel; implements bot.delivery.Inbox.

    A key says who sent an update, so only a digest of it under this deployment's `key` is kept.
    """

    def __init__(self, database: Database, key: DigestKey, channel: str) -> None:
        self._database = database
        self._key = key
        self._channel = channel
        insert = database.backend.insert(INBOX)
        self.is_shared = database.backend.shared
        self._holder = secrets.token_hex(16)
        """This process, as the leases name it."""
        self._well_since: float | None = 0.0
        """Since when the database can be used all the time; None while it cannot."""
        self._losses = 0
        """Of the database, as far as they were noticed here."""
        self._own = OwnUpdates()
        self._gone_since: float | None = None
        """Since when no process at all can use the database; None while that is not so, or not known."""
        self._ours = update(INBOX).where(_IS_WAITING)
        if self.is_shared:
            self._ours = self._ours.where(INBOX.c.holder == bindparam("us"))
        self._done = self._ours.values(state="done", body=None, chat=0, **_OVER)
        self._dead = self._ours.values(state="dead", reason=bindparam("why"), **_OVER)
        returned = INBOX.c.number, INBOX.c.key_digest
        self._add = insert.on_conflict_do_nothing().returning(*returned)
        self._add_done = insert.on_conflict_do_update(
            index_elements=[INBOX.c.channel, INBOX.c.key_digest],
            set_={"state": "done", "body": None, "chat": 0, **_OVER},
            where=INBOX.c.state == "waiting",
        ).returning(*returned)

    async def add(
        self,
        updates: Sequence[ReceivedUpdate],
        now: datetime,
        *,
        done: bool = False,
        again: bool = False,
        own: bool = False,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> int:
        """Stores what is new, all or nothing; how many that were. With `done`, what waits is new as well."""
        began, numbers = time.monotonic(), list[int]()
        own = own and self.is_shared
        rows: dict[bytes, dict[str, Any]] = {}
        for received in updates:
            row = self._row(received, now, done)
            rows.setdefault(row["key_digest"], row)
        if not rows:
            return 0
        insert = self._add_done if done else self._add
        bodies = [{"key": digest, "new": row["body"], "in_channel": self._channel} for digest, row in rows.items()]

        def work(connection: Connection) -> int:
            if again:
                connection.execute(_REPLACE, bodies)
            at = time.monotonic()
            if own:
                end = now + timedelta(seconds=at - began) + _LEFT
                for row in rows.values():
                    row["leased_until"] = end
            stored = connection.execute(insert, list(rows.values())).all()
            if not is_wanted():
                raise StorageError("it took so long that nobody waits for it any more")
            if own:  # before it counts, and so before it can be claimed
                numbers.extend(number for number, _ in stored)
                self._own.keep((_waiting(number, rows[digest]) for number, digest in stored), at)
            return len(stored)

        try:
            return await self._database.write(work)
        except BaseException:
            self._own.forget(numbers)
            raise

    async def claim(
        self, limit: int, now: datetime, without: Collection[int] = (), *, received_by: datetime | None = None
    ) -> list[WaitingUpdate]:
        """The oldest waiting update of each chat, the oldest first, without those of the chats named.

        With `received_by` only what came until then. Each is this process's until its lease ends. One process that
        alone owns the database needs no leases.
        """
        by = received_by or _WHENEVER
        self._notice_losses()
        over = now if self._may_take_over() else _LONG_AGO
        values = {"in_channel": self._channel, "limit": limit, "without": list(without), "by": by}
        values |= {"us": self._holder, "over": over}
        if not self.is_shared:
            return await self._database.read(lambda connection: _free(connection, values))
        lease = {"us": self._holder, "end": now + LEASE}
        began = time.monotonic()

        def work(connection: Connection) -> list[WaitingUpdate]:
            claimed = _free(connection, values)
            if time.monotonic() - began > _SLOW:  # others may have answered since it was asked
                claimed = _free(connection, values | {"over": _LONG_AGO})
            if claimed:
                connection.execute(_CLAIM, {**lease, "numbers": padded([update.number for update in claimed])})
            return claimed

        try:
            claimed = await self._database.write(work)
        except StorageError:
            self._well_since = None
            if self._own and await self.is_gone():
                self._gone_since = self._gone_since or self._last_usable()
                if own := self._own.taken(limit, without, by, self._gone_since):
                    return own
            raise
        self._gone_since = None
        self._own.forget(update.number for update in claimed)
        is_slow = time.monotonic() - began > _SLOW
        if is_slow or self._well_since is None:
            self._well_since = time.monotonic()
        return claimed

    def _notice_losses(self) -> None:
        """Whatever of this process could not reach the database: that was away, and may be well from now on."""
        if self._losses != self._database.losses:
            self._losses, self._well_since = self._database.losses, time.monotonic()

    def _last_usable(self) -> float:
        """The latest moment at which another process may have used a database of which is just seen that it is gone."""
        moment = time.monotonic()
        return max(self._database.away_since or moment, moment - _NOTICED)

    def _may_take_over(self) -> bool:
        """Whether what others hold is free once their leases ended."""
        return self._well_since is not None and time.monotonic() - self._well_since >= _GRACE

    async def is_gone(self) -> bool:
        """Whether no process at all can use the database now, rather than this one alone."""
        return await self._database.is_gone()

    async def renew(self, numbers: Collection[int], now: datetime) -> None:
        """Lets the leases of these updates, as far as they are this process's, end later."""
        if numbers:
            await self._change_leases(_RENEW, {"numbers": padded(numbers), "end": now + LEASE})

    async def release(self, but: Collection[int] = ()) -> None:
        """Ends this process's leases, but for those of these updates."""
        try:
            await self._change_leases(_RELEASE, {"in_channel": self._channel, "but": padded(but)})
        finally:
            self._own.forget_all()

    async def finish(self, number: int) -> None:
        """The update is handled: its body is destroyed, its key is kept against a second delivery.

        Raises LeaseLostError, in a unit at its end, when it is not this process's any more, so that nothing in the unit
        has an effect a second time.
        """
        await self._end(number, self._done, {})

    async def failed(self, number: int) -> int:
        """Counts a failed attempt, and ends the lease; how many there are now, 0 when the update is another's."""
        counted = self._ours.values(attempts=INBOX.c.attempts + 1, **_OVER).returning(INBOX.c.attempts)

        def work(connection: Connection) -> int:
            return connection.execute(counted, self._of(number)).scalar_one_or_none() or 0

        return await self._database.write(work)

    async def bury(self, number: int, reason: str) -> None:
        """Makes the update a dead letter, so that those behind it are handled. Raises LeaseLostError."""
        await self._end(number, self._dead, {"why": storable(reason)})

    async def counts(self) -> InboxCounts:
        """What waits, and what is dead."""
        channel = {"in_channel": self._channel}

        def work(connection: Connection) -> InboxCounts:
            return InboxCounts(
                connection.execute(_WAITING_COUNT, channel).scalar_one(),
                connection.execute(_OLDEST, channel).scalar_one_or_none(),
                connection.execute(_DEAD_COUNT, channel).scalar_one(),
            )

        return await self._database.read(work)

    async def dead_letters(self, limit: int = 100) -> list[DeadLetter]:
        """The dead letters, newest first."""
        values = {"in_channel": self._channel, "limit": limit}
        rows = await self._database.rows(_DEAD_LETTERS, values)
        return [DeadLetter(row.number, row.body, row.reason, row.received_at) for row in rows]

    async def _end(self, number: int, change: Update, values: dict[str, Any]) -> None:
        def work(connection: Connection) -> None:
            if connection.execute(change, {**values, **self._of(number)}).rowcount != 1:
                raise LeaseLostError(number)

        await self._database.append(work)

    async def _change_leases(self, change: Update, values: dict[str, Any]) -> None:
        def work(connection: Connection) -> None:
            connection.execute(change, {**values, "us": self._holder})

        if self.is_shared:
            await self._database.write(work)

    def _of(self, number: int) -> dict[str, Any]:
        return {"in_channel": self._channel, "of": number, "us": self._holder}

    def _row(self, received: ReceivedUpdate, now: datetime, done: bool) -> dict[str, Any]:
        return {
            "channel": self._channel,
            "key_digest": digest_of(received.key, self._key),
            "chat": 0 if done else storable_number(received.chat),
            "body": None if done else storable(received.body),
            "state": "done" if done else "waiting",
            "attempts": 0,
            "received_at": now,
            "message": received.message and storable_number(received.message),
            # Anybody may claim it at once. After an outage it is left to whoever stored it, and may have answered it.
            "holder": self._holder if self.is_shared and not done else None,
            "leased_until": now if self.is_shared and not done else None,
        }


def _free(connection: Connection, values: Mapping[str, Any]) -> list[WaitingUpdate]:
    rows = _FREE.find(connection, values)
    return [WaitingUpdate(row.number, row.chat, row.body, row.attempts, row.received_at) for row in rows]


def _waiting(number: int, row: Mapping[str, Any]) -> WaitingUpdate:
    return WaitingUpdate(number, row["chat"], row["body"], row["attempts"], row["received_at"])
