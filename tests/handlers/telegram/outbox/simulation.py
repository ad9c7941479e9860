"""A clock that jumps, a Telegram with limits and an outbox: minutes of sending in a moment."""

import heapq
import random
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from math import ceil

from handlers.telegram.outbox.rate_limiter import RateLimiter

AT_ONCE = 16
Judge = Callable[[int, float], float]
"""Says, for a call in a chat at a time, after how many seconds it is to be repeated; 0 accepts it."""


def no_limits(_chat: int, _now: float) -> float:
    return 0


class Limits:
    """Telegram's, with the windows that slide."""

    def __init__(self, over_all: int = 30, in_a_chat: int = 3, in_a_group: int = 20) -> None:
        self._over_all, self._in_a_chat, self._in_a_group = over_all, in_a_chat, in_a_group
        self._taken: defaultdict[int, deque[float]] = defaultdict(deque)

    def __call__(self, chat: int, now: float) -> float:
        windows = [
            (0, self._over_all, 1.0),
            (chat, self._in_a_group, 60.0) if chat < 0 else (chat, self._in_a_chat, 3.0),
        ]
        for key, most, seconds in windows:
            taken = self._taken[key]
            while taken and taken[0] <= now - seconds:
                taken.popleft()
            if len(taken) >= most:
                return max(1, ceil(taken[0] + seconds - now))
        for key, _, _ in windows:
            self._taken[key].append(now)
        return 0


def at_random(share: float, seed: int) -> Judge:
    """Refuses a share of the calls for 1 to 5 seconds, whatever they are."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    return lambda _chat, _now: draw.randint(1, 5) if draw.random() < share else 0


@dataclass
class Message:
    chat: int
    asked: float
    sent: float | None = None
    refused: int = 0


@dataclass
class Simulation:
    """Sends messages as the sender does: in order inside a chat, one at a time there."""

    judge: Judge
    latency: float = 0.05
    limiter: RateLimiter = field(default_factory=RateLimiter)
    now: float = 1000.0
    calls: int = 0
    refusals: int = 0
    most_under_way: int = 0
    _events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _waiting: dict[int, deque[Message]] = field(default_factory=dict)
    _not_before: dict[int, float] = field(default_factory=dict)
    _busy: set[int] = field(default_factory=set)

    def run(self, messages: Iterable[Message]) -> None:
        """Sends all of them."""
        for message in messages:
            self._at(message.asked, partial(self._ask, message))
        while self._events or self._waiting:
            alarm = self.now + max(0.001, min(0.25, self.limiter.wait(self.now)))
            if self._events and self._events[0][0] <= alarm:
                self.now, _, event = heapq.heappop(self._events)
                event()
            else:
                self.now = alarm
            self._turn()

    def _ask(self, message: Message) -> None:
        self._waiting.setdefault(message.chat, deque()).append(message)

    def _turn(self) -> None:
        room = self.limiter.room(self.now, AT_ONCE - len(self._busy))
        if room <= 0:
            return
        held = self.limiter.held(self.now)
        due = [
            chat
            for chat in self._waiting
            if chat not in self._busy and chat not in held and self._not_before.get(chat, 0) <= self.now
        ]
        for chat in sorted(due, key=lambda chat: self._waiting[chat][0].asked)[:room]:
            self._busy.add(chat)
            self.limiter.began(chat, self.now)
            self.calls += 1
            self.most_under_way = max(self.most_under_way, len(self._busy))
            self._at(self.now + self.latency / 2, partial(self._arrive, chat))

    def _arrive(self, chat: int) -> None:
        wait = self.judge(chat, self.now)
        self._at(self.now + self.latency / 2, partial(self._answered, chat, wait))

    def _answered(self, chat: int, wait: float) -> None:
        message = self._waiting[chat][0]
        if wait:
            self.refusals += 1
            message.refused += 1
            self.limiter.refused(chat, self.now)
            self._not_before[chat] = self.now + wait
        else:
            self.limiter.accepted(chat, self.now)
            message.sent = self.now
            self._waiting[chat].popleft()
            if not self._waiting[chat]:
                del self._waiting[chat]
        self.limiter.ended(chat, self.now)
        self._busy.discard(chat)

    def _at(self, time: float, event: Callable[[], None]) -> None:
        heapq.heappush(self._events, (time, next(self._order), event))
