"""The calls that are under way."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, Postponed, Sent
from handlers.telegram.outbox.amending import request_of
from handlers.telegram.outbox.attempt import Doubt, attempt, pause
from handlers.telegram.outbox.line import Line
from handlers.telegram.outbox.meaning import short
from handlers.telegram.outbox.search import Search

AT_ONCE = 16
"""Calls under way at the same time."""
AHEAD = 8
"""Claimed calls that may stand ready, so that one that ends is followed by the next at once."""
_READY_SECONDS = 2.0
_SLOW_SECONDS = 3.0
_SLOW_AT_ONCE = 48
"""A call that takes longer than so many seconds gives its place to another, up to so many calls in all."""

logger = logging.getLogger(__name__)


class Deliveries:
    """Makes claimed calls, one a chat, and keeps how they ended. `changed` is called when one ended.

    Once it `is_closed`, it begins no more calls.
    """

    def __init__(self, line: Line, search: Search, clock: Callable[[], datetime], changed: Callable[[], None]) -> None:
        self.ends: list[CallEnd] = []
        """How calls ended; whoever writes it down takes it."""
        self._line = line
        self._search = search
        self._seen = search.seen
        self._counters = line.counters
        self._clock = clock
        self._changed = changed
        self.is_closed = False
        self._ready: deque[ClaimedCall] = deque()
        self._ready_since = 0.0
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._calling: dict[int, float] = {}

    @property
    def chats(self) -> set[int]:
        """The chats in which a call is under way, looked for, or ready."""
        return {*self._tasks, *(claimed.chat for claimed in self._ready)}

    @property
    def calls(self) -> int:
        """How many calls are under way or ready; those that are looked for are not among them."""
        return len(self._calling) + len(self._ready)

    @property
    def room(self) -> int:
        """How many more calls may be begun now."""
        now = self._line.time()
        outage = self._line.outage
        if self.is_closed:
            return 0
        if outage.lasts:
            return 0 if outage.wait(now) else 1
        slow = sum(begun < now - _SLOW_SECONDS for begun in self._calling.values())
        places = min(AT_ONCE - (len(self._calling) - slow), _SLOW_AT_ONCE - len(self._calling))
        return max(0, self._line.pace.room(now, places))

    def wanted(self, *, ahead: bool) -> int:
        """How many calls to claim, with some `ahead` of their time where nothing is to be held back."""
        is_free = self._line.pace.is_free(self._line.time()) and not self._line.outage.lasts and not self.is_closed
        return max(0, self.room + (AHEAD if ahead and is_free else 0) - len(self._ready))

    def take(self, claimed: Sequence[ClaimedCall]) -> None:
        """Begins to make the calls, as soon as there is room for each."""
        self._ready_since = self._line.time()
        self._ready.extend(claimed)
        self._begin_ready()

    def give_back_late(self) -> None:
        """Gives back what stands ready and could not be begun soon, so that its lease does not end meanwhile."""
        if self.is_closed or self._line.outage.lasts or self._line.time() > self._ready_since + _READY_SECONDS:
            self.ends += [Postponed(claimed.number, self._clock()) for claimed in self._ready]
            self._ready.clear()

    def _begin_ready(self) -> None:
        while self._ready and self.room:
            self._begin(self._ready.popleft())

    def _begin(self, claimed: ClaimedCall) -> None:
        now = self._line.time()
        self._line.outage.began(now)
        self._line.pace.began(claimed.chat, now)
        self._calling[claimed.chat] = now
        self._tasks[claimed.chat] = asyncio.create_task(self._deliver(claimed))

    async def cancel(self) -> None:
        """Lets go of every call; it is not known how those end that are under way."""
        self.is_closed = True
        self.give_back_late()
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, claimed: ClaimedCall) -> None:
        try:
            self._note(await self._end_of(claimed))
        finally:
            del self._tasks[claimed.chat]
            self._is_made(claimed)

    async def _end_of(self, claimed: ClaimedCall) -> CallEnd:
        try:
            return await self._made(claimed)
        except Exception:  # a defect must not lose the call, nor stop the others
            logger.exception("Call %d (%s) could not be made", claimed.number, claimed.method)
            return Postponed(claimed.number, self._clock() + pause(claimed.attempts + 3))

    async def _made(self, claimed: ClaimedCall) -> CallEnd:
        request = request_of(claimed)
        if claimed.doubtful and request.sends:
            return await self._settle(Doubt(claimed, request), claimed.after)
        after = claimed.after if claimed.doubtful else self._seen.newest
        begun = self._line.time()
        outcome = await attempt(self._line, claimed, self._clock)
        if isinstance(outcome, Doubt):
            return await self._settle(outcome, after)
        if isinstance(outcome, Sent) and outcome.message:
            self._seen.was_sent(claimed.chat, outcome.message, begun)
        return outcome

    async def _settle(self, doubt: Doubt, after: int) -> CallEnd:
        """Finds out how the call ended, without taking a place from others."""
        self._is_made(doubt.claimed)
        self._counters.doubtful += 1
        end = await self._search.settle(doubt, after)
        if isinstance(end, Sent):
            self._seen.was_found(doubt.claimed.chat, end.message or 0)
            self._counters.found += 1
        elif isinstance(end, Postponed):
            self._counters.missed += 1
        return end

    def _is_made(self, claimed: ClaimedCall) -> None:
        """The call leaves its place to another."""
        if self._calling.pop(claimed.chat, None) is not None:
            self._line.pace.ended(claimed.chat, self._line.time())
        self._begin_ready()
        self._changed()

    def _note(self, end: CallEnd) -> None:
        self.ends.append(end)
        match end:
            case Sent():
                self._counters.sent += 1
                self._counters.on_sent(end.number)
            case Postponed():
                self._counters.retried += 1
            case Moved():
                self._counters.moved += 1
            case Closed():
                self._counters.closed[short(end.reason)] += 1
