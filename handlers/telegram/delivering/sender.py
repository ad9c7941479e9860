"""The loop between the outbox and Telegram."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from telegram import Bot

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, Outbox, Postponed, Sent
from bot.errors import StorageError
from handlers.telegram.delivering.amending import request_of
from handlers.telegram.delivering.attempt import Doubt, attempt, pause
from handlers.telegram.delivering.calls import CALL_SECONDS
from handlers.telegram.delivering.counters import Counters
from handlers.telegram.delivering.line import Line
from handlers.telegram.delivering.meaning import short
from handlers.telegram.delivering.search import Search
from handlers.telegram.delivering.seen import Seen

AT_ONCE = 16
"""Calls under way at the same time; one a chat."""
_SLOW_SECONDS = 3.0
_SLOW_AT_ONCE = 48
"""A call that takes longer than so many seconds gives its place to another, up to so many calls in all."""
_IDLE_SECONDS = 1.0
"""How often the outbox is asked when nobody says that something is new: another process may have put it there."""
_HELD_SECONDS = 0.25
"""How often it is asked while calls wait there that are due but whose chat is taken."""
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
_LAST_SECONDS = 2.0
"""Of the time for a graceful stop, what is left to the calls that are under way."""

logger = logging.getLogger(__name__)


def _utc() -> datetime:
    return datetime.now(UTC)


class Sender:
    """Makes the calls of an outbox, one at a time in each chat and in order there, many chats at once."""

    def __init__(
        self, bot: Bot, outbox: Outbox, clock: Callable[[], datetime] = _utc, call_seconds: float = CALL_SECONDS
    ) -> None:
        self.counters = Counters()
        self._outbox = outbox
        self._clock = clock
        self._line = Line(bot, _seconds, self.counters, call_seconds)
        self._news = asyncio.Event()
        self._ends: list[CallEnd] = []
        self._deliveries: dict[int, asyncio.Task[None]] = {}
        self._calling: dict[int, float] = {}
        self._seen = Seen()
        self._search = Search(self._line, outbox, self._seen, clock)
        self._failures = 0
        self._last_claim: float | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def newest(self) -> int:
        """The largest number of a message in a private chat that is known."""
        return self._seen.newest

    def saw(self, message_id: int) -> None:
        """Tells the number of a message in a private chat; 0 for none."""
        self._seen.came_in(message_id)

    def wake(self) -> None:
        """Tells that there are new calls in the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Makes calls until it is cancelled or `drain` is done."""
        self._running = asyncio.current_task()
        try:
            await self._prepare()
            while not (await self._turn() and self._is_draining):
                await self._rest()
        finally:
            self._running = None
            await self._leave()

    async def drain(self, seconds: float) -> None:
        """Makes what is due, for as long as there is time, and lets what is under way end; then `run` ends too."""
        running = self._running
        if running is None:
            return
        self._last_claim = _seconds() + max(0.0, seconds - _LAST_SECONDS)
        self.wake()
        await asyncio.wait([running], timeout=seconds)
        if not running.done():
            logger.warning("Stopped while %d calls were under way; they are looked for at the next start", self._busy)
            running.cancel()
            await asyncio.wait([running])

    async def _prepare(self) -> None:
        """Takes over what the process before has left."""
        while True:
            try:
                self.saw(await self._outbox.newest_message())
                await self._outbox.recover(self._clock())
            except StorageError as error:
                await self._pause_after(error)
            else:
                return

    async def _turn(self) -> bool:
        """Writes down what ended and begins what is due; whether nothing is left to do now."""
        self._news.clear()
        ends, self._ends = self._ends, []
        room = self._room()
        if not ends and not room:
            return self._is_done()
        try:
            claimed = await self._outbox.turn_over(
                ends, self._clock(), limit=room, newest=self.newest, without=set(self._deliveries)
            )
        except StorageError as error:
            self._ends = ends + self._ends
            await self._pause_after(error)
            return False
        except BaseException:
            self._ends = ends + self._ends
            raise
        self._failures = 0
        for call in claimed:
            self._begin(call)
        if claimed and len(claimed) == room:
            self.wake()
        return not claimed and self._is_done()

    def _is_done(self) -> bool:
        """Whether nothing is under way, but for what cannot be found out while Telegram is away."""
        if self._ends or self._calling:
            return False
        return self._busy == 0 or self._line.outage.lasts

    @property
    def _busy(self) -> int:
        return len(self._deliveries)

    @property
    def _is_draining(self) -> bool:
        return self._last_claim is not None

    def _room(self) -> int:
        """How many calls may be begun now."""
        now = _seconds()
        if self._last_claim is not None and now > self._last_claim:
            return 0
        if self._line.outage.lasts:
            return 0 if self._line.outage.wait(now) or self._is_draining else 1
        slow = sum(begun < now - _SLOW_SECONDS for begun in self._calling.values())
        return max(0, min(AT_ONCE - (len(self._calling) - slow), _SLOW_AT_ONCE - len(self._calling)))

    def _begin(self, claimed: ClaimedCall) -> None:
        now = _seconds()
        self._line.outage.began(now)
        self._calling[claimed.number] = now
        self._deliveries[claimed.chat] = asyncio.create_task(self._deliver(claimed))

    async def _deliver(self, claimed: ClaimedCall) -> None:
        """Makes one call and notes how it ended."""
        try:
            end = await self._end_of(claimed)
        finally:
            self._calling.pop(claimed.number, None)
            self._deliveries.pop(claimed.chat, None)
            self.wake()
        if isinstance(end, Sent) and end.message:
            self._seen.was_sent(claimed.chat, end.message)
        self._count(end)
        self._ends.append(end)

    async def _end_of(self, claimed: ClaimedCall) -> CallEnd:
        after = claimed.after if claimed.doubtful else self.newest
        request = request_of(claimed)
        try:
            if claimed.doubtful and request.sends:
                return await self._settle(Doubt(claimed, request), after)
            outcome = await attempt(self._line, claimed, self._clock)
            if isinstance(outcome, Doubt):
                return await self._settle(outcome, after)
        except Exception:  # a defect must not lose the call, nor stop the others
            logger.exception("Call %d (%s) could not be made", claimed.number, claimed.method)
            return Postponed(claimed.number, self._clock() + pause(claimed.attempts + 3))
        return outcome

    async def _settle(self, doubt: Doubt, after: int) -> CallEnd:
        """Finds out in the background how the call ended, without taking a place from others."""
        self._calling.pop(doubt.claimed.number, None)
        self.wake()
        self.counters.doubtful += 1
        end = await self._search.settle(doubt, after)
        if isinstance(end, Sent):
            self.counters.found += 1
        elif isinstance(end, Postponed):
            self.counters.missed += 1
        return end

    def _count(self, end: CallEnd) -> None:
        if isinstance(end, Sent):
            self.counters.sent += 1
        elif isinstance(end, Postponed):
            self.counters.retried += 1
        elif isinstance(end, Closed):
            self.counters.closed[short(end.reason)] += 1
        elif isinstance(end, Moved):
            self.counters.moved += 1

    async def _rest(self) -> None:
        """Waits until there may be something to do."""
        if self._news.is_set():
            return
        try:
            async with asyncio.timeout(await self._idle_seconds()):
                await self._news.wait()
        except TimeoutError:
            return

    async def _idle_seconds(self) -> float:
        now = _seconds()
        if self._line.outage.lasts:
            return self._line.outage.wait(now) or _HELD_SECONDS
        if not self._room():
            return _HELD_SECONDS
        try:
            due = await self._outbox.next_due()
        except StorageError:
            return _IDLE_SECONDS
        if due is None:
            return _IDLE_SECONDS
        ahead = (due - self._clock()).total_seconds()
        return min(_IDLE_SECONDS, ahead) if ahead > 0 else _HELD_SECONDS

    async def _pause_after(self, error: StorageError) -> None:
        self._failures += 1
        if self._failures == 1:
            logger.error("The outbox cannot be used; what was sent is remembered until it can: %s", error)
        await asyncio.sleep(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(self._failures, 10)))

    async def _leave(self) -> None:
        """Ends what is under way, and writes down what is known."""
        deliveries = list(self._deliveries.values())
        for delivery in deliveries:
            delivery.cancel()
        await asyncio.gather(*deliveries, return_exceptions=True)
        if self._ends:
            try:
                async with asyncio.timeout(_LAST_SECONDS):
                    await self._outbox.turn_over(self._ends, self._clock(), limit=0, newest=self.newest)
                self._ends = []
            except (StorageError, TimeoutError) as error:
                logger.warning("How %d calls ended is not written down: %s", len(self._ends), error)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
