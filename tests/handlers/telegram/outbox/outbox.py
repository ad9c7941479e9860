"""An outbox in memory, which can be out of order."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, OutboxCounts, OutgoingCall, Postponed, Sent, Unknown
from bot.errors import StorageError
from bot.storage.outbox import LEASE


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Row:
    """One call and what became of it."""

    call: ClaimedCall
    due: datetime
    state: str = "waiting"
    end: CallEnd | None = None


class MemoryOutbox:
    """Keeps calls as the storage does; `broken` says how many of the next accesses raise StorageError."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.broken = 0
        self.newest = 0
        self._numbers = count(1)

    async def add(
        self, calls: Sequence[OutgoingCall], now: datetime, kept: Callable[[list[int]], None] | None = None
    ) -> None:
        numbers = [next(self._numbers) for _ in calls]
        for number, call in zip(numbers, calls, strict=True):
            claimed = ClaimedCall(
                number, call.chat, call.method, call.arguments, call.plain, call.reference, 0, doubtful=False, after=-1
            )
            self.rows.append(Row(claimed, now))
        if kept:
            kept(numbers)

    async def turn_over(
        self, ends: Sequence[CallEnd], now: datetime, *, limit: int, newest: int, without: Collection[int] = ()
    ) -> list[ClaimedCall]:
        self._check()
        for end in ends:
            self._end(end)
        due = [row for row in self._heads() if row.due <= now and row.call.chat not in without]
        return [self._claim(row, now, newest) for row in due[:limit]]

    async def recover(self, now: datetime) -> int:
        self._check()
        begun = [row for row in self.rows if row.state == "sending"]
        for row in begun:
            row.due = now
        return len(begun)

    async def let_go(self, until: datetime) -> int:
        self._check()
        begun = [row for row in self.rows if row.state == "sending"]
        for row in begun:
            row.due = until
        return len(begun)

    async def next_due(self) -> datetime | None:
        self._check()
        return min((row.due for row in self._heads()), default=None)

    async def newest_message(self) -> int:
        self._check()
        return max([self.newest, *self._sent()])

    async def being_made(self) -> int:
        self._check()
        return sum(row.state == "sending" for row in self.rows)

    async def known_messages(self, after: int) -> set[int]:
        self._check()
        return {number for number in self._sent() if number > after}

    async def counts(self) -> OutboxCounts:
        unfinished = [row for row in self.rows if row.state in ("waiting", "sending")]
        return OutboxCounts(len(unfinished), None, sum(row.state == "closed" for row in self.rows))

    def row(self, number: int) -> Row:
        return self.rows[number - 1]

    def end(self, number: int) -> CallEnd | None:
        """How the call ended, so far."""
        return self.row(number).end

    async def put(self, chat: int = 7, method: str = "sendMessage", plain: str | None = None, **arguments: Any) -> int:
        """Adds one call."""
        given: Mapping[str, Any] = {"chat_id": chat, **arguments}
        numbers: list[int] = []
        await self.add([OutgoingCall(chat, method, given, plain)], now(), kept=numbers.extend)
        return numbers[0]

    def _heads(self) -> list[Row]:
        heads: dict[int, Row] = {}
        for row in self.rows:
            if row.state in ("waiting", "sending"):
                heads.setdefault(row.call.chat, row)
        return list(heads.values())

    def _claim(self, row: Row, now: datetime, newest: int) -> ClaimedCall:
        after = newest if row.call.after < 0 else row.call.after
        claimed = replace(row.call, doubtful=row.state == "sending", after=after)
        row.state, row.due, row.call = "sending", now + LEASE, replace(claimed, attempts=claimed.attempts + 1)
        return claimed

    def _end(self, end: CallEnd) -> None:
        row = self.row(end.number)
        row.end = end
        if isinstance(end, Postponed):
            row.state, row.due = "waiting", end.until
        elif isinstance(end, Unknown):
            row.due = end.until
        elif isinstance(end, Moved):
            self._move(row.call.chat, end.chat)
            row.state, row.due = "waiting", row.due - LEASE
        else:
            row.state = "sent" if isinstance(end, Sent) else "closed"

    def _move(self, old: int, new: int) -> None:
        for row in self.rows:
            if row.call.chat == old and row.state in ("waiting", "sending"):
                row.call = replace(row.call, chat=new)

    def _sent(self) -> list[int]:
        return [row.end.message for row in self.rows if isinstance(row.end, Sent) and row.end.message]

    def _check(self) -> None:
        if self.broken > 0:
            self.broken -= 1
            raise StorageError("the database is away; try again")


def is_final(end: CallEnd | None) -> bool:
    """Whether nothing is left to do."""
    return isinstance(end, Sent | Closed)
