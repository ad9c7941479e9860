"""What the service counts of itself: plain numbers without anything about a person, which a door can show."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.finding import Outcome

REPLY_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)
"""Upper bounds in seconds; a reply that took longer counts beyond the last one."""


class Histogram:
    """How often a measure fell between which bounds, each bound belonging to what is below it."""

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Counts one measure. A negative one, which a clock that was set back gives, counts as zero."""
        value = max(0.0, value)
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


_REMEMBERED = 10_000


class ReplyTimes:
    """Measures how long each update waits, from being received to its first call being made.

    What another process makes, or this one after a restart, is not measured.
    """

    def __init__(self, measured: Histogram, clock: Callable[[], datetime]) -> None:
        self._measured = measured
        self._clock = clock
        self._received: OrderedDict[int, datetime] = OrderedDict()

    def expect(self, call: int, received_at: datetime) -> None:
        """The call of that number will be the first reply to what was received then."""
        self._received[call] = received_at
        if len(self._received) > _REMEMBERED:
            self._received.popitem(last=False)

    def made(self, call: int) -> None:
        """The call of that number was made."""
        received_at = self._received.pop(call, None)
        if received_at is not None:
            self._measured.observe((self._clock() - received_at).total_seconds())


@dataclass(slots=True)
class Metrics:
    """What has happened since this process began; whoever does a thing adds to its count.

    A call is `closed` when it will never be made, and `throttled` each time the channel asks to slow down (429).
    """

    updates_received: int = 0
    updates_handled: int = 0
    updates_buried: int = 0
    calls_sent: int = 0
    calls_retried: int = 0
    calls_closed: int = 0
    calls_throttled: int = 0
    calls_unforeseen: int = 0
    storage_failures: int = 0
    matcher_restarts: int = 0
    task_restarts: Mapping[str, int] = field(default_factory=dict)
    replies: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    reply_seconds: Histogram = field(default_factory=lambda: Histogram(REPLY_BOUNDS))
    """From an update being received to its first reply being sent."""

    def count_reply(self, outcome: Outcome) -> None:
        """Counts a reply to a question. Raises KeyError for anything but an outcome: no other word gets in here."""
        self.replies[outcome] += 1


@dataclass(frozen=True, slots=True)
class Levels:
    """How things stand at this moment, in the database and in this process; None is not shown.

    The oldest updates and calls are ages in seconds, 0 where nothing waits. `is_leader`: this instance does what only
    one of several may do.
    """

    updates_waiting: int | None = None
    updates_oldest_seconds: float | None = None
    updates_dead: int | None = None
    calls_waiting: int | None = None
    calls_oldest_seconds: float | None = None
    questions_open: int | None = None
    questions_oldest_seconds: float | None = None
    questions_open_longer: Mapping[int, int] = field(default_factory=dict)
    """How many wait for longer than so many days."""
    poll_age_seconds: float | None = None
    matcher_memory_bytes: int | None = None
    knowledge_entries: int | None = None
    is_leader: bool | None = None
