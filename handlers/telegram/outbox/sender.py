"""The loop between the outbox and Telegram."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from telegram import Bot

from bot.delivery import ClaimedCall, Outbox
from bot.errors import StorageError
from handlers.telegram.outbox.calls import CALL_SECONDS
from handlers.telegram.outbox.counters import Counters
from handlers.telegram.outbox.deliveries import Deliveries
from handlers.telegram.outbox.line import Line
from handlers.telegram.outbox.search import Search
from handlers.telegram.outbox.seen import Seen

_IDLE_SECONDS = 1.0
"""How often the outbox is asked when nobody says that something is new: another process may have put it there."""
_HELD_SECONDS = 0.25
"""How often it is asked while calls wait there that are due but whose chat is taken."""
_SHORTEST_SECONDS = 0.002
_LINGER_SECONDS = 0.02
"""How long the end of a call waits for others to be written down with it, while nothing else waits."""
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
        self._seen = Seen()
        self._news = asyncio.Event()
        search = Search(self._line, outbox, self._seen, clock)
        self._deliveries = Deliveries(self._line, search, clock, self._ended)
        self._lingering: asyncio.TimerHandle | None = None
        self._is_behind = False
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

    def caught_up(self) -> None:
        """Tells that what came in before this process began is all known now."""
        self._seen.caught_up.set()

    def wake(self) -> None:
        """Tells that there are new calls in the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Makes calls until it is cancelled or `drain` is done."""
        self._running = asyncio.current_task()
        try:
            await self._prepare()
            while not (await self._turn() and self._last_claim is not None):
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
            begun = len(self._deliveries.chats)
            logger.warning("Stopped while %d calls were under way; they are looked for at the next start", begun)
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
        self._deliveries.is_closed = self._is_closing()
        self._deliveries.give_back_late()
        wanted = self._deliveries.wanted(ahead=self._is_behind)
        claimed: list[ClaimedCall] = []
        if self._deliveries.ends or wanted:
            try:
                claimed = await self._turn_over(wanted)
            except StorageError as error:
                await self._pause_after(error)
                return False
        self._deliveries.take(claimed)
        self._is_behind = len(claimed) == wanted
        if claimed and self._is_behind:
            self.wake()
        return not claimed and self._is_done()

    def _is_closing(self) -> bool:
        """Whether no more calls are begun: there is no time left, or Telegram is away as well."""
        return self._last_claim is not None and (_seconds() > self._last_claim or self._line.outage.lasts)

    async def _turn_over(self, wanted: int) -> list[ClaimedCall]:
        """Takes the ends; they are not lost when this fails."""
        ends, self._deliveries.ends = self._deliveries.ends, []
        without = self._deliveries.chats | self._line.pace.held(_seconds())
        try:
            claimed = await self._outbox.turn_over(
                ends, self._clock(), limit=wanted, newest=self._seen.newest, without=without
            )
        except BaseException:
            self._deliveries.ends = ends + self._deliveries.ends
            raise
        self._failures = 0
        return claimed

    def _ended(self) -> None:
        """A call ended, so another may begin."""
        if self._is_behind or self._last_claim is not None:
            self.wake()
        elif self._lingering is None:
            self._lingering = asyncio.get_running_loop().call_later(_LINGER_SECONDS, self._linger_no_more)

    def _linger_no_more(self) -> None:
        self._lingering = None
        self.wake()

    def _is_done(self) -> bool:
        """Whether nothing is under way, but for what cannot be found out while Telegram is away."""
        if self._deliveries.ends or self._deliveries.calls:
            return False
        return not self._deliveries.chats or self._line.outage.lasts

    async def _rest(self) -> None:
        """Waits until there may be something to do."""
        if self._news.is_set():
            return
        try:
            async with asyncio.timeout(max(_SHORTEST_SECONDS, await self._idle_seconds())):
                await self._news.wait()
        except TimeoutError:
            return

    async def _idle_seconds(self) -> float:
        now = _seconds()
        if self._line.outage.lasts:
            return self._line.outage.wait(now) or _HELD_SECONDS
        if self._deliveries.calls or not self._deliveries.room:
            return min(_HELD_SECONDS, self._line.pace.wait(now))
        try:
            due = await self._outbox.next_due()
        except StorageError:
            return _IDLE_SECONDS
        ahead = _IDLE_SECONDS if due is None else (due - self._clock()).total_seconds()
        return min(_IDLE_SECONDS, ahead) if ahead > 0 else min(_HELD_SECONDS, self._line.pace.wait(now))

    async def _pause_after(self, error: StorageError) -> None:
        self._failures += 1
        if self._failures == 1:
            logger.error("The outbox cannot be used; what was sent is remembered until it can: %s", error)
        await asyncio.sleep(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(self._failures, 10)))

    async def _leave(self) -> None:
        """Ends what is under way, and writes down what is known."""
        await self._deliveries.cancel()
        if self._lingering:
            self._lingering.cancel()
        if self._deliveries.ends:
            try:
                async with asyncio.timeout(_LAST_SECONDS):
                    await self._turn_over(0)
            except (StorageError, TimeoutError) as error:
                ends = len(self._deliveries.ends)
                logger.warning("How %d calls ended is not written down: %s", ends, error)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
