"""What goes wrong on request."""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

KINDS = frozenset({"429", "500", "502", "503", "400", "401", "403", "reset", "garbage", "timeout", "slow"})


@dataclass(slots=True)
class Fault:
    """Calls that fail, and how.

    `method` is one, or `*` for all. `share` of the matching calls fail, at most `times`, for `seconds` from now, after
    the first `skip`. With `after_effect`, the call is made and only its answer is lost. `hold` is how long `timeout`
    keeps the bot waiting before the connection is closed, and `slow` before the call is made.
    """

    kind: str
    method: str = "*"
    chat: int | None = None
    share: float = 1.0
    times: int | None = None
    seconds: float | None = None
    skip: int = 0
    after_effect: bool = False
    retry_after: int = 1
    most_retry_after: int = 0
    hold: float = 30.0
    description: str = "Bad Request: on request"
    made: float = field(default_factory=time.time)
    fired: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f'there is no fault "{self.kind}"; one of {sorted(KINDS)}')

    def matches(self, method: str, chat: int) -> bool:
        """Whether it could befall that call."""
        if self.method not in ("*", method) or (self.chat is not None and self.chat != chat):
            return False
        if self.times is not None and self.fired >= self.times:
            return False
        return self.seconds is None or time.time() - self.made <= self.seconds


class Faults:
    """The faults that are on; the first that befalls a call counts."""

    def __init__(self, chance: random.Random) -> None:
        self._faults: list[Fault] = []
        self._chance = chance

    def add(self, faults: Iterable[Fault]) -> None:
        """Turns faults on, from now."""
        self._faults.extend(faults)

    def clear(self) -> None:
        """Turns all of them off."""
        self._faults.clear()

    def fired(self) -> int:
        """How many calls failed by those that are on."""
        return sum(fault.fired for fault in self._faults)

    def befalling(self, method: str, chat: int) -> Fault | None:
        """The fault that befalls this call."""
        for fault in self._faults:
            if not fault.matches(method, chat):
                continue
            if fault.skip:
                fault.skip -= 1
            elif self._chance.random() < fault.share:
                fault.fired += 1
                return fault
        return None

    def retry_after(self, fault: Fault) -> int:
        """The seconds that a 429 asks for."""
        return self._chance.randint(fault.retry_after, max(fault.retry_after, fault.most_retry_after))
