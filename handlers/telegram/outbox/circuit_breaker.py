"""Whether Telegram is down. Then it is tried now and then instead of all the time.

Libraries for this (pybreaker, aiobreaker, purgatory) count failures of calls. This one counts chats too: one chat whose
calls always fail must not keep the others from their answers.
"""

import asyncio
import logging
from collections.abc import Callable

_FAILURES = 5
_CHATS = 2
_FIRST_PAUSE = 1.0
_GROWTH = 1.3
_LONGEST_PAUSE = 5.0

logger = logging.getLogger(__name__)


class CircuitBreaker:
    """Opens with five failures in a row in more than one chat, closes with the first answer. Times are in seconds."""

    def __init__(self) -> None:
        self._failures = 0
        self._chats: set[int] = set()
        self._pause = 0.0
        self._next = 0.0

    @property
    def is_open(self) -> bool:
        """Whether Telegram is taken to be down."""
        return self._pause > 0

    def wait(self, now: float) -> float:
        """For how many seconds nothing may be tried."""
        return max(0.0, self._next - now) if self.is_open else 0.0

    def began(self, now: float) -> None:
        """Something is tried, so the next thing has to wait; each time longer."""
        if self.is_open:
            self._next = now + self._pause
            self._pause = min(_LONGEST_PAUSE, self._pause * _GROWTH)

    async def until_closed(self, time: Callable[[], float]) -> None:
        """Waits until something may be tried, and takes that as tried."""
        while pause := self.wait(time()):  # noqa: ASYNC110 - it is over at a time, not by an event
            await asyncio.sleep(pause)
        self.began(time())

    def answered(self) -> None:
        """Telegram answered."""
        if self.is_open:
            logger.warning("Telegram answers again")
        self._failures = 0
        self._chats.clear()
        self._pause = 0.0

    def failed(self, chat: int, now: float) -> None:
        """There was no answer, or none of Telegram's own, to a call in that chat."""
        self._failures += 1
        self._chats.add(chat)
        if not self.is_open and self._failures >= _FAILURES and len(self._chats) >= _CHATS:
            logger.warning("Telegram does not answer; it is tried once a second, later once in %g s", _LONGEST_PAUSE)
            self._pause = _FIRST_PAUSE
            self._next = now + self._pause
