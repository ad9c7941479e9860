"""What the sender has done since it began, and how long citizens waited for it."""

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.metrics import Histogram

_REMEMBERED = 10_000


@dataclass(slots=True)
class Counters:
    """Numbers that only grow."""

    sent: int = 0
    """Calls that were made."""
    retried: int = 0
    """Calls that were put off: they are made again."""
    moved: int = 0
    """Calls whose chat had a new id."""
    closed: Counter[str] = field(default_factory=Counter)
    """Calls that were given up, by reason."""
    refused: int = 0
    """How often Telegram said that there were too many calls."""
    failed: int = 0
    """How often there was no answer, or none of Telegram's own."""
    unforeseen: int = 0
    """How often Telegram refused a call for what nobody foresaw."""
    doubtful: int = 0
    """Calls of which it was not known whether they had an effect."""
    found: int = 0
    """Doubtful calls whose message was there."""
    missed: int = 0
    """Doubtful calls whose message was not there, which were made again."""


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
