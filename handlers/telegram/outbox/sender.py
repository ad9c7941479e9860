"""The loop between the outbox and Telegram: claims calls, has them made, and writes down how they ended."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from telegram import Bot

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, Outbox, Postponed, Sent
from bot.errors import StorageError
from bot.metrics import ReplyTimes
from handlers.telegram.outbox.api_errors import backoff, short
from handlers.telegram.outbox.call_delivery import LATE_SECONDS, CallDelivery, DeliveryProbe, Doubt, MessageNumbers
from handlers.telegram.outbox.gateway import CALL_SECONDS, Counters, Gateway, Reachability

AT_ONCE = 16
"""Calls under way at the same time."""
AHEAD = 8
"""Claimed calls that may stand ready, so that one that ends is followed by the next at once."""
_READY_SECONDS = 2.0
_SLOW_SECONDS = 3.0
_SLOW_AT_ONCE = 48
"""A call that takes longer than so many seconds gives its place to another, up to so many calls in all."""
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
_CATCHING_UP_SECONDS = 20.0
"""So long after the start this process knows what came in before, also where another one fetches and nobody says it."""
_ATTEMPTS_OF_A_DEFECT = 3
"""A call that met a defect waits as if it had been tried so many times more."""

logger = logging.getLogger(__name__)


def _utc() -> datetime:
    return datetime.now(UTC)


class Sender:
    """Makes the calls of an outbox, one at a time in each chat and in order there, many chats at once.

    `call_seconds` is how long an answer may take; `reply_times` is told of each call that was made.
    """

    def __init__(
        self,
        bot: Bot,
        outbox: Outbox,
        clock: Callable[[], datetime] = _utc,
        call_seconds: float = CALL_SECONDS,
        reply_times: ReplyTimes | None = None,
    ) -> None:
        self.counters = Counters()
        self.numbers = MessageNumbers()
        self._outbox = outbox
        self._clock = clock
        self._news = asyncio.Event()
        self._gateway = Gateway(bot, _seconds, self.counters, call_seconds)
        probe = DeliveryProbe(self._gateway, outbox, self.numbers)
        self._delivery = CallDelivery(self._gateway, probe, self.numbers, clock)
        self._reachability = Reachability(self._gateway, self.wake)
        self._under_way = CallsUnderWay(
            self._gateway, self._delivery, self._reachability, clock, changed=self._ended, reply_times=reply_times
        )
        self._lingering: asyncio.TimerHandle | None = None
        self._is_behind = False
        self._failures = 0
        self._last_claim: float | None = None
        self._running: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Tells that there are new calls in the outbox."""
        self._news.set()

    def telegram_answers(self) -> None:
        """Tells that Telegram answers again, so that no call has to wait any longer for that."""
        self._reachability.prove()

    async def run(self) -> None:
        """Makes calls until it is cancelled or `drain` is done."""
        self._running = asyncio.current_task()
        catching_up = asyncio.get_running_loop().call_later(_CATCHING_UP_SECONDS, self.numbers.caught_up.set)
        try:
            await self._prepare()
            while not (await self._turn() and self._last_claim is not None):
                await self._rest()
        finally:
            self._running = None
            catching_up.cancel()
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
            begun = len(self._under_way.chats)
            logger.warning("Stopped while %d calls were under way; they are looked for by whoever goes on", begun)
            running.cancel()
            await asyncio.wait([running])

    async def _prepare(self) -> None:
        """Takes over what the process before has left."""
        while True:
            try:
                self.numbers.came_in(await self._outbox.newest_message())
                await self._outbox.recover(self._clock())
            except StorageError as error:
                await self._pause_after(error)
            else:
                return

    async def _turn(self) -> bool:
        """Writes down what ended and begins what is due; whether nothing is left to do now."""
        self._news.clear()
        self._under_way.is_closed = self._is_closing()
        self._under_way.give_back_late()
        self._under_way.suspect_slow()
        self._reachability.look()
        wanted = self._under_way.wanted(ahead=self._is_behind)
        claimed: list[ClaimedCall] = []
        if self._under_way.ends or wanted:
            try:
                claimed = await self._turn_over(wanted)
            except StorageError as error:
                await self._pause_after(error)
                return False
        self._under_way.take(claimed)
        self._is_behind = len(claimed) == wanted
        if claimed and self._is_behind:
            self.wake()
        return not claimed and self._is_done()

    def _is_closing(self) -> bool:
        """Whether no more calls are begun: there is no time left, or Telegram is away as well."""
        return self._last_claim is not None and (_seconds() > self._last_claim or self._gateway.circuit.is_open)

    async def _turn_over(self, wanted: int) -> list[ClaimedCall]:
        """Takes the ends; they are not lost when this fails."""
        ends, self._under_way.ends = self._under_way.ends, []
        without = self._under_way.chats | self._gateway.limiter.held(_seconds())
        try:
            claimed = await self._outbox.turn_over(
                ends, self._clock(), limit=wanted, newest=self.numbers.newest, without=without
            )
        except BaseException:
            self._under_way.ends = ends + self._under_way.ends
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
        if self._under_way.ends or self._under_way.calls:
            return False
        return not self._under_way.chats or self._gateway.circuit.is_open

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
        if self._gateway.circuit.is_open:
            return min(_IDLE_SECONDS, self._gateway.circuit.wait(now) or _HELD_SECONDS)
        if self._under_way.calls or not self._under_way.room:
            return min(_HELD_SECONDS, self._gateway.limiter.wait(now))
        try:
            due = await self._outbox.next_due()
        except StorageError:
            return _IDLE_SECONDS
        ahead = _IDLE_SECONDS if due is None else (due - self._clock()).total_seconds()
        return min(_IDLE_SECONDS, ahead) if ahead > 0 else min(_HELD_SECONDS, self._gateway.limiter.wait(now))

    async def _pause_after(self, error: StorageError) -> None:
        self._failures += 1
        if self._failures == 1:
            logger.error("The outbox cannot be used; what was sent is remembered until it can: %s", error)
        await asyncio.sleep(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(self._failures, 10)))

    async def _leave(self) -> None:
        """Ends what is under way, writes down what is known, and lets others look for what is not."""
        self._reachability.cancel()
        await self._under_way.cancel()
        if self._lingering:
            self._lingering.cancel()
        try:
            async with asyncio.timeout(_LAST_SECONDS):
                if self._under_way.ends:
                    await self._turn_over(0)
                await self._outbox.let_go(self._clock() + timedelta(seconds=LATE_SECONDS))
        except (StorageError, TimeoutError) as error:
            ends = len(self._under_way.ends)
            logger.warning("How %d calls ended is not written down: %s", ends, error)


class CallsUnderWay:
    """Has claimed calls made, one a chat, and keeps how they ended. `changed` is called when one ended.

    Once it `is_closed`, it begins no more calls.
    """

    def __init__(
        self,
        gateway: Gateway,
        delivery: CallDelivery,
        reachability: Reachability,
        clock: Callable[[], datetime],
        *,
        changed: Callable[[], None],
        reply_times: ReplyTimes | None,
    ) -> None:
        self.ends: list[CallEnd] = []
        """How calls ended; whoever writes it down takes it."""
        self.is_closed = False
        self._gateway = gateway
        self._delivery = delivery
        self._reachability = reachability
        self._clock = clock
        self._changed = changed
        self._reply_times = reply_times
        self._ready: deque[ClaimedCall] = deque()
        self._ready_since = 0.0
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._begun: dict[int, float] = {}
        """When the call in a chat began that has a place."""
        self._slow: set[int] = set()
        """The chats of those that take long, where Telegram may be away."""

    @property
    def chats(self) -> set[int]:
        """The chats in which a call is under way, looked for, or ready."""
        return {*self._tasks, *(claimed.chat for claimed in self._ready)}

    @property
    def calls(self) -> int:
        """How many calls are under way or ready; those that are looked for are not among them."""
        return len(self._begun) + len(self._ready)

    @property
    def room(self) -> int:
        """How many more calls may be begun now."""
        now = self._gateway.time()
        circuit = self._gateway.circuit
        if self.is_closed:
            return 0
        if circuit.is_open:
            return 1 if self._reachability.is_proven and not circuit.wait(now) else 0
        slow = sum(begun < now - _SLOW_SECONDS for begun in self._begun.values())
        places = min(AT_ONCE - (len(self._begun) - slow), _SLOW_AT_ONCE - len(self._begun))
        return max(0, self._gateway.limiter.room(now, places))

    def wanted(self, *, ahead: bool) -> int:
        """How many calls to claim, with some `ahead` of their time where nothing is to be held back."""
        is_held = self.is_closed or self._gateway.circuit.is_open
        is_free = not is_held and self._gateway.limiter.is_free(self._gateway.time())
        return max(0, self.room + (AHEAD if ahead and is_free else 0) - len(self._ready))

    def take(self, claimed: Sequence[ClaimedCall]) -> None:
        """Begins to make the calls, as soon as there is room for each."""
        self._ready_since = self._gateway.time()
        self._ready.extend(claimed)
        self._begin_ready()

    def give_back_late(self) -> None:
        """Gives back what stands ready and could not be begun soon, so that its lease does not end meanwhile."""
        is_late = self._gateway.time() > self._ready_since + _READY_SECONDS
        if is_late or self.is_closed or self._gateway.circuit.is_open:
            self.ends += [Postponed(claimed.number, self._clock()) for claimed in self._ready]
            self._ready.clear()

    def suspect_slow(self) -> None:
        """Takes each call that has begun to take long as a sign that Telegram may be away."""
        late = self._gateway.time() - _SLOW_SECONDS
        slow = {chat for chat, begun in self._begun.items() if begun < late}
        if slow - self._slow:
            self._gateway.circuit.is_suspected = True
        self._slow = slow

    async def cancel(self) -> None:
        """Lets go of every call; it is not known how those end that are under way."""
        self.is_closed = True
        self.give_back_late()
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin_ready(self) -> None:
        while self._ready and self.room:
            claimed, now = self._ready.popleft(), self._gateway.time()
            is_try = self._gateway.circuit.is_open
            self._gateway.circuit.began(claimed.chat, now)
            self._reachability.began()
            self._gateway.limiter.began(claimed.chat, now)
            self._begun[claimed.chat] = now
            self._tasks[claimed.chat] = asyncio.create_task(self._deliver(claimed, is_try=is_try))

    async def _deliver(self, claimed: ClaimedCall, *, is_try: bool) -> None:
        try:
            if self._gateway.circuit.is_open and not is_try:  # it has opened between the beginning and now
                self._note(Postponed(claimed.number, self._clock()))
            else:
                self._note(await self._end_of(claimed))
        finally:
            if is_try:
                self._gateway.circuit.ended(claimed.chat)
            del self._tasks[claimed.chat]
            self._leave_place(claimed.chat)

    async def _end_of(self, claimed: ClaimedCall) -> CallEnd:
        try:
            made = await self._delivery.make(claimed)
            if not isinstance(made, Doubt):
                return made
            self._leave_place(claimed.chat)  # whoever looks takes no place from others
            return await self._delivery.settle(made)
        except Exception:  # a defect must not lose the call, nor stop the others
            logger.exception("Call %d (%s) could not be made", claimed.number, claimed.method)
            pause = backoff(claimed.attempts + _ATTEMPTS_OF_A_DEFECT)
            return Postponed(claimed.number, self._clock() + timedelta(seconds=pause))

    def _leave_place(self, chat: int) -> None:
        """The call in that chat leaves its place to another."""
        if self._begun.pop(chat, None) is not None:
            self._gateway.limiter.ended(chat, self._gateway.time())
        self._begin_ready()
        self._changed()

    def _note(self, end: CallEnd) -> None:
        self.ends.append(end)
        counters = self._gateway.counters
        match end:
            case Sent():
                counters.sent += 1
                if self._reply_times:
                    self._reply_times.made(end.number)
            case Postponed():
                counters.retried += 1
            case Moved():
                counters.moved += 1
            case Closed():
                counters.closed[short(end.reason)] += 1


def _seconds() -> float:
    return asyncio.get_running_loop().time()
