"""How long citizens wait for a reply: from an update being received to its first call being made."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from bot.metrics import Histogram

_REMEMBERED = 10_000


class ReplyTimes:
    """Remembers for each first call of an update when that was received, and measures when the call is made.

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
