"""Updates on their way in, calls on their way out, and what is needed of the place that keeps them until then."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ReceivedUpdate:
    """An update as it came in.

    `key` names it uniquely (only a digest of it is kept); order is kept inside its `chat`; `body` is its masked JSON.
    `message` is the id of the message that it brings, in a chat that shares its counter with others.
    """

    key: str
    chat: int
    body: str
    message: int | None = None


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """A stored update that is to be handled. `attempts` counts how often that failed."""

    number: int
    chat: int
    body: str
    attempts: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update that nobody could handle, kept with the reason; without its body where its citizen wanted that."""

    number: int
    body: str | None
    reason: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many updates wait, and since when the oldest; how many are dead letters."""

    waiting: int
    oldest: datetime | None
    dead: int


LEASE = timedelta(seconds=10)
"""For so long an update is its holder's. It is renewed long before, so that it ends only when its holder is gone."""


class Inbox(Protocol):
    """Keeps the updates of one channel until they are handled. Each method raises StorageError."""

    is_shared: bool
    """Whether other processes may handle them too."""

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
        """Stores what is new among the updates, all or nothing; how many that were. `done`: they are handled.
        `again`: what waits already is replaced, as more is known of it now. `own`: others leave it to this process for
        two seconds, so that it can go on should the database be gone then; without, anybody may claim it at once.

        Nothing is stored when that is not wanted any more, which is asked last of all before it counts.
        """
        ...

    async def claim(
        self, limit: int, now: datetime, without: Collection[int] = (), *, received_by: datetime | None = None
    ) -> list[WaitingUpdate]:
        """The oldest waiting update of each chat, the oldest first, without those of the chats named.

        With `received_by` only what came until then, so that others have the time to claim what is newer. Each is this
        process's alone until its lease ends, `LEASE` after `now`; it may claim it anew before. After the database was
        away, what others hold is left to them for some seconds. While nobody at all can use the database, what this
        process has stored as its `own` just before is given all the same. Where one process alone handles updates there
        are no leases: it leaves out the chats that it is at work for.
        """
        ...

    async def is_gone(self) -> bool:
        """Whether no process at all can use what keeps the updates now, rather than this one alone."""
        ...

    async def renew(self, numbers: Collection[int], now: datetime) -> None:
        """Lets the leases of these updates, as far as they are this process's, end `LEASE` after `now`."""
        ...

    async def release(self, but: Collection[int] = ()) -> None:
        """Ends this process's leases, but for those of these updates, so that anybody may claim what it claimed."""
        ...

    async def finish(self, number: int) -> None:
        """The update is handled: its body is destroyed, its key is kept against a second delivery.

        Raises LeaseLostError, in a unit at its end, when it is not this process's any more, so that nothing in the unit
        has an effect a second time.
        """
        ...

    async def failed(self, number: int) -> int:
        """Counts a failed attempt, and ends the lease; how many there are now, 0 when the update is another's."""
        ...

    async def bury(self, number: int, reason: str) -> None:
        """Makes the update a dead letter, so that those behind it are handled. Raises LeaseLostError."""
        ...

    async def counts(self) -> InboxCounts:
        """What waits, and what is dead."""
        ...

    async def dead_letters(self, limit: int = 100) -> list[DeadLetter]:
        """The dead letters, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """A call of a channel's interface that is to be made: one message or one edit in a chat.

    `arguments` are as JSON takes them. `plain` is the text to send where the markup of `arguments` is refused.
    `reference` names what the call is for, such as `notice:12`, so that its end is written down there.
    """

    chat: int
    method: str
    arguments: Mapping[str, Any]
    plain: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimedCall:
    """A call that this process has to make now, before its lease ends.

    `attempts` counts how often it was begun before. `doubtful`: it was, and how that ended is not known. `after` is the
    newest message of the channel that was known when it was first begun: what it sent has a larger id.
    """

    number: int
    chat: int
    method: str
    arguments: Mapping[str, Any]
    plain: str | None
    reference: str | None
    attempts: int
    doubtful: bool
    after: int


@dataclass(frozen=True, slots=True)
class Sent:
    """The call was made; `message` is the id of what it sent, where it sent something.

    `is_counted`: the id is of the counter that the channel's chats share, so that it says which messages are newer.
    """

    number: int
    message: int | None = None
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class Postponed:
    """The call is to be made again, not before `until`."""

    number: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """The call will never be made; `reason` says why, in a word or two such as `blocked`."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has a new id: every waiting call to the old one goes there, this one too."""

    number: int
    chat: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """It is not known whether the call was made, and whoever claims it after `until` has to find out."""

    number: int
    until: datetime


CallEnd = Sent | Postponed | Closed | Moved | Unknown


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How many calls wait or are being made, and since when the oldest; how many were closed unsent."""

    waiting: int
    oldest: datetime | None
    closed: int


class Outbox(Protocol):
    """Keeps the calls of one channel until they are made. Each method raises StorageError."""

    async def add(
        self, calls: Sequence[OutgoingCall], now: datetime, kept: Callable[[list[int]], None] | None = None
    ) -> None:
        """Keeps the calls, to be made in this order inside each chat. Joins the unit it is called in.

        `kept` is told their numbers, once they are kept for good.
        """
        ...

    async def turn_over(
        self, ends: Sequence[CallEnd], now: datetime, *, limit: int, newest: int, without: Collection[int] = ()
    ) -> list[ClaimedCall]:
        """In one transaction: writes down how calls ended, and claims up to `limit` due ones.

        Only the oldest unfinished call of a chat can be claimed, and none of the chats named in `without`. `newest` is
        the largest message id known. Calls whose lease ended are claimed as doubtful. Where another process took a
        call over because its lease had ended, only that it was Sent is still written down.
        """
        ...

    async def recover(self, now: datetime) -> int:
        """At the start of a process that owns the outbox alone: has what was being made claimed as doubtful at once.

        How many calls that are. Where several processes share the outbox it does nothing: their leases end in time.
        """
        ...

    async def let_go(self, until: datetime) -> int:
        """At the stop of a process: has the leases of the calls that it claimed end then; how many calls that are.

        Whoever claims them next finds them doubtful.
        """
        ...

    async def next_due(self) -> datetime | None:
        """When the next waiting call is due, or the next lease ends."""
        ...

    async def newest_message(self) -> int:
        """The largest message id that came in or was sent in the chats that share a counter, 0 where none is kept."""
        ...

    async def being_made(self) -> int:
        """How many calls are claimed, by whatever process, and have not ended."""
        ...

    async def known_messages(self, after: int) -> set[int]:
        """The message ids above `after` that came in, or that calls have sent, in the chats that share a counter."""
        ...

    async def counts(self) -> OutboxCounts:
        """What waits, and what was closed."""
        ...
