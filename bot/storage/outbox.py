"""Calls in the database until they are made."""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text, update

from bot.delivery import CallEnd, ClaimedCall, Closed, OutboxCounts, OutgoingCall, Sent
from bot.errors import StorageError
from bot.storage.claiming import claim
from bot.storage.database import Database
from bot.storage.ending import Ended, Ending
from bot.storage.keeping import storable
from bot.storage.messages import known_messages, newest_message
from bot.storage.tables import BEING_MADE, CLOSED, OUTBOX, UNFINISHED

OnEnd = Callable[[str, Sent | Closed], Awaitable[None]]
"""Told the reference of a call and how it ended, inside the transaction that writes this down."""

_IN_CHANNEL = OUTBOX.c.channel == bindparam("in_channel")
_ADD = OUTBOX.insert().returning(OUTBOX.c.number, sort_by_parameter_order=True)
_RECOVER = update(OUTBOX).where(_IN_CHANNEL, text(BEING_MADE)).values(due_at=bindparam("now"))
_UNFINISHED = select(OUTBOX.c.created_at).where(_IN_CHANNEL, text(UNFINISHED))
_OLDEST = _UNFINISHED.order_by(OUTBOX.c.number).limit(1)
_UNFINISHED_COUNT = select(func.count()).select_from(_UNFINISHED.subquery())
_CLOSED_COUNT = select(func.count()).select_from(OUTBOX).where(_IN_CHANNEL, text(CLOSED))
_PLACE = func.row_number().over(partition_by=OUTBOX.c.chat, order_by=OUTBOX.c.number).label("place")
_IN_PLACE = select(OUTBOX.c.due_at, _PLACE).where(_IN_CHANNEL, text(UNFINISHED)).subquery()
_NEXT_DUE = select(func.min(_IN_PLACE.c.due_at)).where(_IN_PLACE.c.place == 1)

logger = logging.getLogger(__name__)


class KeptOutbox:
    """Keeps the calls of one channel; implements bot.delivery.Outbox.

    `on_end` has, for the word before the colon of a reference, who is told when such a call was made or closed.
    """

    def __init__(self, database: Database, channel: str, on_end: Mapping[str, OnEnd]) -> None:
        self._database = database
        self._channel = channel
        self._on_end = dict(on_end)
        self._attempts: dict[int, int] = {}
        """Of the calls that this process claimed: which attempt its claim was."""

    async def add(self, calls: Sequence[OutgoingCall], now: datetime) -> list[int]:
        """Keeps the calls, to be made in this order inside each chat; their numbers. Joins the unit it is called in."""
        rows = [self._row(call, now) for call in calls]
        if not rows:
            return []

        def work(connection: Connection) -> list[int]:
            return list(connection.execute(_ADD, rows).scalars())

        return await self._database.write(work)

    async def turn_over(
        self, ends: Sequence[CallEnd], now: datetime, *, limit: int, newest: int, without: Collection[int] = ()
    ) -> list[ClaimedCall]:
        """In one transaction: writes down how calls ended, and claims up to `limit` due ones."""
        ending = Ending(self._channel, self._attempts, now)

        def work(connection: Connection) -> tuple[list[Ended], list[ClaimedCall]]:
            ended = [written for end in ends if (written := ending.write(connection, end))]
            return ended, claim(connection, self._channel, now, limit=limit, newest=newest, without=without)

        async with self._database.unit():
            ended, claimed = await self._database.write(work)
            for reference, how in ended:
                await self._tell(reference, how)
        for end in ends:
            self._attempts.pop(end.number, None)
        self._attempts.update((call.number, call.attempts + 1) for call in claimed)
        return claimed

    async def recover(self, now: datetime) -> int:
        """Makes what was being made when the process before ended doubtful at once; how many calls that are.

        Where several processes work on the database, theirs are left alone until their leases end.
        """
        values = {"in_channel": self._channel, "now": now}

        def work(connection: Connection) -> int:
            return connection.execute(_RECOVER, values).rowcount

        return 0 if self._database.backend.shared else await self._database.write(work)

    async def next_due(self) -> datetime | None:
        """When the next waiting call is due, or the next lease ends."""

        def work(connection: Connection) -> datetime | None:
            due: datetime | None = connection.execute(_NEXT_DUE, {"in_channel": self._channel}).scalar_one()
            return due

        return await self._database.read(work)

    async def newest_message(self) -> int:
        """The largest message id that is kept, 0 where there is none."""
        return await self._database.read(lambda connection: newest_message(connection, self._channel))

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
