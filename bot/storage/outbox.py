"""Calls in the database until they are made: claimed with a lease by one process, until they end or the lease does."""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, bindparam, delete, func, insert, select, text, update

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, OutboxCounts, OutgoingCall, Postponed, Sent, Unknown
from bot.errors import StorageError
from bot.storage.chat_queues import ChatQueues, padded
from bot.storage.database import Database, storable
from bot.storage.follow_up.tables import STAFF_CHATS
from bot.storage.tables import BEING_MADE, CLOSED, HAS_MESSAGE, INBOX, OUTBOX, UNFINISHED

OnEnd = Callable[[str, Sent | Closed], Awaitable[None]]
"""Told the reference of a call and how it ended, inside the transaction that writes this down."""

_IN_CHANNEL = OUTBOX.c.channel == bindparam("in_channel")
_ADD = OUTBOX.insert().returning(OUTBOX.c.number, sort_by_parameter_order=True)
_RECOVER = update(OUTBOX).where(_IN_CHANNEL, text(BEING_MADE)).values(due_at=bindparam("now"))
_BEGUN = select(func.count()).select_from(OUTBOX).where(_IN_CHANNEL, text(BEING_MADE))
_UNFINISHED = select(OUTBOX.c.created_at).where(_IN_CHANNEL, text(UNFINISHED))
_OLDEST = _UNFINISHED.order_by(OUTBOX.c.number).limit(1)
_UNFINISHED_COUNT = select(func.count()).select_from(_UNFINISHED.subquery())
_CLOSED_COUNT = select(func.count()).select_from(OUTBOX).where(_IN_CHANNEL, text(CLOSED))
_PLACE = func.row_number().over(partition_by=OUTBOX.c.chat, order_by=OUTBOX.c.number).label("place")
_IN_PLACE = select(OUTBOX.c.due_at, _PLACE).where(_IN_CHANNEL, text(UNFINISHED)).subquery()
_NEXT_DUE = select(func.min(_IN_PLACE.c.due_at)).where(_IN_PLACE.c.place == 1)

LEASE = timedelta(seconds=16)
"""A call takes less, the time included for which it stands ready, unless the process that makes it has died."""

_OTHERS = OUTBOX.alias()
_CHAT_IS_BUSY = (
    select(_OTHERS.c.number)
    .where(_OTHERS.c.channel == OUTBOX.c.channel, _OTHERS.c.chat == OUTBOX.c.chat)
    .where(_OTHERS.c.state == text("'sending'"), _OTHERS.c.due_at > bindparam("now"))
    .exists()
)
_COLUMNS = ("number", "chat", "method", "arguments", "plain", "reference", "attempts", "state", "after")
_DUE = ChatQueues(
    OUTBOX,
    UNFINISHED,
    select(*(OUTBOX.c[name] for name in _COLUMNS))
    # Each condition on the row itself is checked anew when another process let go of it. None is that of an index, so
    # that the row is found by its number.
    .where(OUTBOX.c.state.in_(("waiting", "sending")), OUTBOX.c.due_at <= bindparam("now"), ~_CHAT_IS_BUSY)
    .with_for_update(of=OUTBOX, skip_locked=True),
)
_CLAIM = (
    update(OUTBOX)
    .where(OUTBOX.c.number.in_(bindparam("numbers", expanding=True)))
    .values(
        state="sending",
        due_at=bindparam("lease_end"),
        attempts=OUTBOX.c.attempts + 1,
        after=func.coalesce(OUTBOX.c.after, bindparam("newest")),
    )
)

Ended = tuple[str, Sent | Closed]
"""The reference of a call, and how it ended."""

_IS_UNFINISHED = _IN_CHANNEL & text(UNFINISHED)
_IS_IT = _IS_UNFINISHED & (OUTBOX.c.number == bindparam("of"))
_IS_OURS = _IS_IT & (OUTBOX.c.state == "sending") & (OUTBOX.c.attempts == bindparam("attempt"))
_EMPTIED = {"chat": 0, "arguments": None, "plain": None}
"""Where a call went, or should have, and with which words is nobody's business any more once it is over."""
_WAS_SENT = (
    update(OUTBOX)
    .where(_IS_IT)
    # The number of what it sent stays where it is counted.
    .values(state="sent", message=bindparam("sent", type_=BigInteger), ended_at=bindparam("now"), **_EMPTIED)
    .returning(OUTBOX.c.reference)
)
_WAS_CLOSED = (
    update(OUTBOX)
    .where(_IS_OURS)
    .values(state="closed", reason=bindparam("why"), ended_at=bindparam("now"), **_EMPTIED)
    .returning(OUTBOX.c.reference)
)
_IS_POSTPONED = update(OUTBOX).where(_IS_OURS).values(state="waiting", due_at=bindparam("until"))
_LET_GO = update(OUTBOX).where(_IS_OURS).values(due_at=bindparam("until"))
_MIGRATED = (OUTBOX.c.number == bindparam("of")) & (OUTBOX.c.chat != bindparam("to", type_=BigInteger))
_FORGET_MIGRATION = delete(STAFF_CHATS).where(
    STAFF_CHATS.c.was == select(OUTBOX.c.chat).where(_MIGRATED).scalar_subquery()
)
_KEEP_MIGRATION = insert(STAFF_CHATS).from_select(
    ["was", "now"], select(OUTBOX.c.chat, bindparam("to", type_=BigInteger)).where(_MIGRATED)
)
_MOVE_CHAT = (
    update(OUTBOX)
    .where(_IS_UNFINISHED, OUTBOX.c.chat == select(OUTBOX.c.chat).where(_IS_IT).scalar_subquery())
    .values(chat=bindparam("to"))
)

_SENT_MESSAGE = _IN_CHANNEL & text(HAS_MESSAGE)
_CAME_IN = (INBOX.c.channel == bindparam("in_channel")) & text(HAS_MESSAGE)
_NEWEST_MESSAGES = (
    select(func.max(OUTBOX.c.message)).where(_SENT_MESSAGE),
    select(func.max(INBOX.c.message)).where(_CAME_IN),
)
_KNOWN_MESSAGES = (
    select(OUTBOX.c.message)
    .where(_SENT_MESSAGE, OUTBOX.c.message > bindparam("above"))
    .union_all(select(INBOX.c.message).where(_CAME_IN, INBOX.c.message > bindparam("above")))
)


logger = logging.getLogger(__name__)


class KeptOutbox:
    """Keeps the calls of one channel; implements bot.delivery.Outbox.

    `on_end` has, for the word before the colon of a reference, who is told when such a call was made or closed.
    """

    def __init__(self, database: Database, channel: str, on_end: Mapping[str, OnEnd]) -> None:
        self._is_shared = database.backend.shared
        self._database = database
        self._channel = channel
        self._on_end = dict(on_end)
        self._attempts: dict[int, int] = {}
        """Of the calls that this process claimed: which attempt its claim was."""
        self._referring: set[int] = set()
        """Those of them that have a reference."""

    async def add(
        self, calls: Sequence[OutgoingCall], now: datetime, kept: Callable[[list[int]], None] | None = None
    ) -> None:
        """Keeps the calls, to be made in this order inside each chat. Joins the unit it is called in.

        `kept` is told their numbers, once they are kept for good.
        """
        rows = [self._row(call, now) for call in calls]
        if not rows:
            return

        def work(connection: Connection) -> list[int]:
            return list(connection.execute(_ADD, rows).scalars())

        await self._database.append(work, kept)

    async def turn_over(
        self, ends: Sequence[CallEnd], now: datetime, *, limit: int, newest: int, without: Collection[int] = ()
    ) -> list[ClaimedCall]:
        """In one transaction: writes down how calls ended, and claims up to `limit` due ones."""
        ending = Ending(self._channel, self._attempts, now)

        def work(connection: Connection) -> tuple[list[Ended], list[ClaimedCall]]:
            ended = [written for end in ends if (written := ending.write(connection, end))]
            return ended, claim(connection, self._channel, now, limit=limit, newest=newest, without=without)

        done: list[tuple[list[Ended], list[ClaimedCall]]] = []
        async with self._database.unit():
            if self._referring.isdisjoint(end.number for end in ends):  # nobody is to be told: one pass is enough
                await self._database.append(work, done.append)
            else:
                done.append(await self._database.write(work))
                for reference, how in done[0][0]:
                    await self._tell(reference, how)
        ((_, claimed),) = done
        self._database.has_deleted |= bool(ends)
        for end in ends:
            self._attempts.pop(end.number, None)
            self._referring.discard(end.number)
        self._attempts.update((call.number, call.attempts + 1) for call in claimed)
        self._referring.update(call.number for call in claimed if call.reference)
        return claimed

    async def recover(self, now: datetime) -> int:
        """Makes what was being made when the process before ended doubtful at once; how many calls that are.

        Where several processes work on the database, theirs are left alone until their leases end.
        """
        values = {"in_channel": self._channel, "now": now}
        return 0 if self._is_shared else await self._database.execute(_RECOVER, values)

    async def let_go(self, until: datetime) -> int:
        """Has the leases of the calls that this process claimed, and whose end is not known, end then; how many."""
        its = {"in_channel": self._channel, "until": until}
        ours = [{**its, "of": number, "attempt": attempt} for number, attempt in self._attempts.items()]

        def work(connection: Connection) -> int:
            return sum(connection.execute(_LET_GO, call).rowcount for call in ours)

        return await self._database.write(work) if ours else 0

    async def next_due(self) -> datetime | None:
        """When the next waiting call is due, or the next lease ends."""
        due: datetime | None = await self._database.scalar(_NEXT_DUE, {"in_channel": self._channel})
        return due

    async def newest_message(self) -> int:
        """The largest message id that is kept, 0 where there is none."""
        return await self._database.read(lambda connection: newest_message(connection, self._channel))

    async def being_made(self) -> int:
        """How many calls are claimed, by whatever process, and have not ended."""
        channel = {"in_channel": self._channel}
        return int(await self._database.scalar(_BEGUN, channel))

    async def known_messages(self, after: int) -> set[int]:
        """The message ids above `after` that came in, or that calls have sent, in the chats that share a counter."""
        return await self._database.read(lambda connection: known_messages(connection, self._channel, after))

    async def counts(self) -> OutboxCounts:
        """What waits, and what was closed."""
        channel = {"in_channel": self._channel}

        def work(connection: Connection) -> OutboxCounts:
            return OutboxCounts(
                connection.execute(_UNFINISHED_COUNT, channel).scalar_one(),
                connection.execute(_OLDEST, channel).scalar_one_or_none(),
                connection.execute(_CLOSED_COUNT, channel).scalar_one(),
            )

        return await self._database.read(work)

    async def _tell(self, reference: str, end: Sent | Closed) -> None:
        on_end = self._on_end.get(reference.partition(":")[0])
        if on_end is None:
            return
        try:
            await on_end(reference, end)
        except StorageError:
            raise
        except Exception:  # the call was made, whatever its listener thinks of that
            logger.exception("The end of a call could not be passed on to %r", reference)

    def _row(self, call: OutgoingCall, now: datetime) -> dict[str, Any]:
        return {
            "channel": self._channel,
            "chat": call.chat,
            "method": call.method,
            "arguments": dict(call.arguments),
            "plain": None if call.plain is None else storable(call.plain),
            "reference": call.reference,
            "state": "waiting",
            "attempts": 0,
            "due_at": now,
            "created_at": now,
        }


class Ending:
    """Writes down how calls ended, at one moment.

    `attempts` has the calls that this process claimed, with the number of its attempt. Where another process took a
    call over because our lease had ended, only that it was sent still counts: that is so whoever makes it.
    """

    def __init__(self, channel: str, attempts: Mapping[int, int], now: datetime) -> None:
        self._channel = channel
        self._attempts = attempts
        self._now = now

    def write(self, connection: Connection, end: CallEnd) -> Ended | None:
        """What its reference is to be told, where it has one and the call is over."""
        its = {"in_channel": self._channel, "of": end.number, "attempt": self._attempts.get(end.number, 0)}
        match end:
            case Sent():
                sent = end.message if end.is_counted else None
                return _ended(connection, _WAS_SENT, {**its, "sent": sent, "now": self._now}, end)
            case Closed():
                return _ended(connection, _WAS_CLOSED, {**its, "why": storable(end.reason), "now": self._now}, end)
            case Postponed():
                connection.execute(_IS_POSTPONED, {**its, "until": end.until})
            case Unknown():
                connection.execute(_LET_GO, {**its, "until": end.until})
            case Moved():
                connection.execute(_FORGET_MIGRATION, {"of": end.number, "to": end.chat})
                connection.execute(_KEEP_MIGRATION, {"of": end.number, "to": end.chat})
                connection.execute(_MOVE_CHAT, {**its, "to": end.chat})
                connection.execute(_IS_POSTPONED, {**its, "until": self._now})
        return None


def _ended(connection: Connection, statement: Any, values: dict[str, Any], end: Sent | Closed) -> Ended | None:
    reference = connection.execute(statement, values).scalar_one_or_none()
    return (reference, end) if reference else None


def claim(
    connection: Connection, channel: str, now: datetime, *, limit: int, newest: int, without: Collection[int]
) -> list[ClaimedCall]:
    """Up to `limit` due calls that are the oldest of their chats, which nobody else is given before the lease ends."""
    if limit <= 0:
        return []
    wanted = {"in_channel": channel, "now": now, "limit": limit, "without": list(without)}
    calls = [_claimed(row, newest) for row in _DUE.find(connection, wanted)]
    if calls:
        numbers = [call.number for call in calls]
        connection.execute(_CLAIM, {"numbers": padded(numbers), "lease_end": now + LEASE, "newest": newest})
    return calls


def _claimed(row: Row[Any], newest: int) -> ClaimedCall:
    return ClaimedCall(
        number=row.number,
        chat=row.chat,
        method=row.method,
        arguments=row.arguments,
        plain=row.plain,
        reference=row.reference,
        attempts=row.attempts,
        doubtful=row.state == "sending",
        after=newest if row.after is None else row.after,
    )


def newest_message(connection: Connection, channel: str) -> int:
    """The largest number that is known in the channel, 0 where none is."""
    return max(connection.execute(query, {"in_channel": channel}).scalar_one() or 0 for query in _NEWEST_MESSAGES)


def known_messages(connection: Connection, channel: str, above: int) -> set[int]:
    """All numbers above the one given that are known in the channel."""
    return set(connection.execute(_KNOWN_MESSAGES, {"in_channel": channel, "above": above}).scalars())


def is_not_newest() -> ColumnElement[bool]:
    """Of a call: it may be destroyed, since what it sent is not the newest message that is known in its channel."""
    calls = OUTBOX.alias()
    newest = select(func.max(calls.c.message)).where(calls.c.channel == OUTBOX.c.channel, calls.c.message.is_not(None))
    return OUTBOX.c.message.is_(None) | (OUTBOX.c.message < newest.scalar_subquery())
