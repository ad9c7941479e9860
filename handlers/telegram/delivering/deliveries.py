"""The calls that are under way."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, Postponed, Sent
from handlers.telegram.delivering.amending import request_of
from handlers.telegram.delivering.attempt import Doubt, attempt, pause
from handlers.telegram.delivering.line import Line
from handlers.telegram.delivering.meaning import short
from handlers.telegram.delivering.search import Search

AT_ONCE = 16
"""Calls under way at the same time."""
_SLOW_SECONDS = 3.0
_SLOW_AT_ONCE = 48
"""A call that takes longer than so many seconds gives its place to another, up to so many calls in all."""

logger = logging.getLogger(__name__)


class Deliveries:
    """Makes claimed calls, one a chat, and keeps how they ended. `changed` is called when one ended."""

    def __init__(self, line: Line, search: Search, clock: Callable[[], datetime], changed: Callable[[], None]) -> None:
        self.ends: list[CallEnd] = []
        """How calls ended; whoever writes it down takes it."""
        self._line = line
        self._search = search
        self._seen = search.seen
        self._counters = line.counters
        self._clock = clock
        self._changed = changed
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._calling: dict[int, float] = {}

    @property
    def chats(self) -> set[int]:
        """The chats in which a call is under way, or looked for."""
        return set(self._tasks)

    @property
    def calls(self) -> int:
        """How many calls are under way, those that are looked for not among them."""
        return len(self._calling)

    def room(self, now: float) -> int:
        """How many more calls may be begun, as far as places go."""
        slow = sum(begun < now - _SLOW_SECONDS for begun in self._calling.values())
        return min(AT_ONCE - (len(self._calling) - slow), _SLOW_AT_ONCE - len(self._calling))

    def begin(self, claimed: ClaimedCall) -> None:
        """Begins to make the call."""
        now = self._line.time()
        self._line.outage.began(now)
        self._line.pace.began(claimed.chat, now)
        self._calling[claimed.chat] = now
        self._tasks[claimed.chat] = asyncio.create_task(self._deliver(claimed))

    async def cancel(self) -> None:
        """Lets go of every call; it is not known how they end."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, claimed: ClaimedCall) -> None:
        try:
            end = await self._end_of(claimed)
        finally:
            self._is_made(claimed)
            del self._tasks[claimed.chat]
            self._changed()
        self._count(end)
        self.ends.append(end)
        if isinstance(end, Sent) and end.message:
            self._seen.was_sent(claimed.chat, end.message)

    async def _end_of(self, claimed: ClaimedCall) -> CallEnd:
        after = claimed.after if claimed.doubtful else self._seen.newest
        request = request_of(claimed)
        try:
            if claimed.doubtful and request.sends:
                return await self._settle(Doubt(claimed, request), after)
            outcome = await attempt(self._line, claimed, self._clock)
            return await self._settle(outcome, after) if isinstance(outcome, Doubt) else outcome
        except Exception:  # a defect must not lose the call, nor stop the others
            logger.exception("Call %d (%s) could not be made", claimed.number, claimed.method)
            return Postponed(claimed.number, self._clock() + pause(claimed.attempts + 3))

    async def _settle(self, doubt: Doubt, after: int) -> CallEnd:
        """Finds out how the call ended, without taking a place from others."""
        self._is_made(doubt.claimed)
        self._changed()
        self._counters.doubtful += 1
        end = await self._search.settle(doubt, after)
        if isinstance(end, Sent):
            self._counters.found += 1
        elif isinstance(end, Postponed):
            self._counters.missed += 1
        return end

    def _is_made(self, claimed: ClaimedCall) -> None:
        if self._calling.pop(claimed.chat, None) is not None:
            self._line.pace.ended(claimed.chat, self._line.time())

    def _count(self, end: CallEnd) -> None:
        match end:
            case Sent():
                self._counters.sent += 1
            case Postponed():
                self._counters.retried += 1
            case Moved():
                self._counters.moved += 1
            case Closed():
                self._counters.closed[short(end.reason)] += 1
