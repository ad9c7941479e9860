"""How many calls the staff group gets: Telegram takes 20 a minute, and people's own replies must not wait for cards."""

import time
from collections import deque
from collections.abc import Callable

MOST_A_MINUTE = 18
_FOR_PEOPLE = 4
"""Of these, kept free for replies to people."""
_SECONDS = 60.0


class Pace:
    """Counts what goes into the group. `seconds` is a clock that only grows."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._spent: deque[float] = deque()

    def spend(self, calls: int = 1) -> None:
        """So many calls are on their way."""
        self._spent.extend([self.seconds()] * calls)

    def room(self) -> int:
        """How many calls may be made now that nobody waits for."""
        while self._spent and self._spent[0] <= self.seconds() - _SECONDS:
            self._spent.popleft()
        return max(0, MOST_A_MINUTE - _FOR_PEOPLE - len(self._spent))
