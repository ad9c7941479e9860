"""Updates in the database until they are handled."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text, update

from bot.delivery import DeadLetter, InboxCounts, ReceivedUpdate, WaitingUpdate
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.heads import Heads
from bot.storage.keeping import digest_of, storable, storable_number
from bot.storage.tables import DEAD, INBOX, WAITING

_IN_CHANNEL = INBOX.c.channel == bindparam("in_channel")
_IS_WAITING = (_IN_CHANNEL & (INBOX.c.number == bindparam("of"))) & text(WAITING)
_HEADS = Heads(
    INBOX, WAITING, select(INBOX.c.number, INBOX.c.chat, INBOX.c.body, INBOX.c.attempts, INBOX.c.received_at)
)
_OLDER = INBOX.alias()
_OLDER_WAITS = (
    select(_OLDER.c.number)
    .where(_OLDER.c.channel == INBOX.c.channel, _OLDER.c.chat == INBOX.c.chat, _OLDER.c.number < INBOX.c.number)
    .where(_OLDER.c.state == text("'waiting'"))
    .exists()
)
_CLAIM = select(INBOX.c.number).where(_IS_WAITING, ~_OLDER_WAITS).with_for_update(of=INBOX, skip_locked=True)
_FINISH = update(INBOX).where(_IS_WAITING).values(state="done", body=None, chat=0)
_FAILED = update(INBOX).where(_IS_WAITING).values(attempts=INBOX.c.attempts + 1).returning(INBOX.c.attempts)
_BURY = update(INBOX).where(_IS_WAITING).values(state="dead", reason=bindparam("why"))
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


class KeptInbox:
    """Keeps the updates of one channel; implements bot.delivery.Inbox.

    A key says who sent an update, so only a digest of it under this deployment's `key` is kept.
    """

    def __init__(self, database: Database, key: bytes, channel: str) -> None:
        self._database = database
        self._key = key
        self._channel = channel
        insert = database.backend.insert(INBOX)
        returned = INBOX.c.number
        self._add = insert.on_conflict_do_nothing().returning(returned)
        self._add_done = insert.on_conflict_do_update(
            index_elements=[INBOX.c.channel, INBOX.c.key_digest],
            set_={"state": "done", "body": None, "chat": 0},
            where=INBOX.c.state == "waiting",
        ).returning(returned)

    async def add(self, updates: Sequence[ReceivedUpdate], now: datetime, *, done: bool = False) -> int:
        """Stores what is new, all or nothing; how many that were. With `done`, what waits is new as well."""
        rows: dict[bytes, dict[str, Any]] = {}
        for received in updates:
            row = self._row(received, now, done)
            rows.setdefault(row["key_digest"], row)
        if not rows:
            return 0
        insert = self._add_done if done else self._add

        def work(connection: Connection) -> int:
            return len(connection.execute(insert, list(rows.values())).all())

        return await self._database.write(work)

    async def heads(self, limit: int, without: Collection[int] = ()) -> list[WaitingUpdate]:
        """The oldest waiting update of each chat, the oldest first, without those of the chats named."""
        values = {"in_channel": self._channel, "limit": limit, "without": list(without)}

        def work(connection: Connection) -> list[WaitingUpdate]:
            return [_waiting(row) for row in _HEADS.find(connection, values)]

        return await self._database.read(work)

    async def claim(self, number: int) -> bool:
        """Inside a unit: makes the update and its chat this unit's; False when another has it or it is done.

        Where one process alone owns the database, nothing is locked: handlers may take their time.
        """

        def work(connection: Connection) -> bool:
            return connection.execute(_CLAIM, self._of(number)).first() is not None

        run = self._database.write if self._database.backend.shared else self._database.read
        return await run(work)

    async def finish(self, number: int) -> None:
        """The update is handled: its body is destroyed, its key is kept against a second delivery.

        Raises StorageError when it does not wait any more, so that its unit has no effect a second time.
        """

        def work(connection: Connection) -> None:
            if connection.execute(_FINISH, self._of(number)).rowcount != 1:
                raise StorageError(f"update {number} was handled already; nothing is done for it again")

        await self._database.write(work)

    async def failed(self, number: int) -> int:
        """Counts a failed attempt; how many there are now, 0 when it does not wait any more."""

        def work(connection: Connection) -> int:
            return connection.execute(_FAILED, self._of(number)).scalar_one_or_none() or 0

        return await self._database.write(work)

    async def bury(self, number: int, reason: str) -> None:
        """Makes the update a dead letter, so that those behind it are handled."""
        values = {**self._of(number), "why": storable(reason)}

        def work(connection: Connection) -> None:
            connection.execute(_BURY, values)

        await self._database.write(work)

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

        def work(connection: Connection) -> list[DeadLetter]:
            return [DeadLetter(*row) for row in connection.execute(_DEAD_LETTERS, values)]

        return await self._database.read(work)

    def _of(self, number: int) -> dict[str, Any]:
        return {"in_channel": self._channel, "of": number}

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
        }


def _waiting(row: Row[Any]) -> WaitingUpdate:
    return WaitingUpdate(row.number, row.chat, row.body, row.attempts, row.received_at)
