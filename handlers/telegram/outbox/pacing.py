"""How fast calls may be made.

Telegram publishes no limits but rules of thumb (30 calls a second over all, one a second in a chat, 20 a minute in a
group), and other Bot API servers have none at all. So nothing is held back before something is refused, but beyond the
rules of thumb each step is a careful one.
"""

import logging
from collections import deque

from handlers.telegram.outbox.chat_pacing import ChatPace
from handlers.telegram.outbox.evidence import Chance, Evidence
from handlers.telegram.outbox.pinning import Pin

_USUAL = 30
_CARE = ((45, 4), (90, 8))
"""While fewer calls a second than this are proven, so few beyond what is proven may be under way."""
_STEP = 4
_CHANCE_AT_MOST = 0.15
"""A limit that is always met looks like chance, so only so many refusals are put down to it."""
_CHATS = 5
"""A limit on all calls is met in so many chats at least."""
_LATELY = 10.0
_SECOND = 1.0

logger = logging.getLogger(__name__)


class Pace:
    """Learns from how Telegram answers; one call a chat is under way at a time. Times are in seconds."""

    def __init__(self) -> None:
        self._chats = ChatPace()
        self._pin = Pin()
        self._chance = Chance()
        self._evidence = Evidence(refused_by_it=0.4, enough=50_000)
        self._refused: deque[tuple[float, int]] = deque()
        self._proven = _USUAL
        self._under_way: dict[int, float] = {}
        self._unproven: set[int] = set()
        self._begun: deque[float] = deque()
        self._ended: deque[float] = deque()
        self._accepted: deque[float] = deque()

    @property
    def is_limited(self) -> bool:
        """Whether a limit was found since the beginning that is not forgotten."""
        return self._pin.since > 0 or self._chats.is_limited

    def is_free(self, now: float) -> bool:
        """Whether no rate has to be kept."""
        return not self._pin.holds(now)

    def room(self, now: float, at_once: int) -> int:
        """How many calls may be begun now, when `at_once` more may be under way."""
        under_way = len(self._under_way)
        if not self.is_free(now):
            full = now < self._pin.next or under_way + _in_last_second(self._ended, now) >= self._pin.rate
            return 0 if full else min(1, at_once)
        begun = _in_last_second(self._begun, now)
        if begun < self._proven:
            return min(at_once, self._proven - begun)
        return max(0, min(at_once, self._care() - len(self._unproven), 2 * self._proven - begun))

    def held(self, now: float) -> set[int]:
        """The chats that have to wait."""
        return set(self._chats.held(now))

    def wait(self, now: float) -> float:
        """After how many seconds more may be allowed than now, if no call ends before."""
        times = [times[0] + _SECOND for times in (self._begun, self._ended) if times]
        times += [self._pin.next, *self._chats.held(now).values()]
        return min((time - now for time in times if time > now), default=_SECOND)

    def began(self, chat: int, now: float) -> None:
        """A call is made in that chat."""
        self._under_way[chat] = now
        if _in_last_second(self._begun, now) >= self._proven:
            self._unproven.add(chat)
        self._begun.append(now)
        self._pin.began(now)

    def ended(self, chat: int, now: float) -> None:
        """The call in that chat is over, however it ended."""
        self._under_way.pop(chat, None)
        self._unproven.discard(chat)
        self._ended.append(now)

    def accepted(self, chat: int, now: float) -> None:
        """Telegram did what a call asked for."""
        if not self._chats.is_dense(chat, now):
            self._evidence.add(refused=False, chance=min(_CHANCE_AT_MOST, self._chance.share))
            self._chance.add(refused=False)
        self._chats.answered(chat, now, refused=False, chance=self._chance.share)
        self._pin.accepted()
        self._accepted.append(now)
        fast = _in_last_second(self._accepted, now)
        if fast >= self._proven + max(_STEP, self._proven // 8):
            self._proven = fast

    def refused(self, chat: int, now: float) -> None:
        """Telegram said that there were too many calls."""
        if self._chats.is_dense(chat, now) or chat < 0:
            self._chats.answered(chat, now, refused=True, chance=self._chance.share)
            return
        if self._pin.holds(now) and self._under_way.get(chat, now) < self._pin.since:
            return  # it was under way when all were told to wait
        self._refused.append((now, chat))
        enough = self._evidence.add(refused=True, chance=min(_CHANCE_AT_MOST, self._chance.share))
        self._chance.add(refused=True)
        if enough and self._refused_chats(now) >= _CHATS:
            self._slow_down(now)

    def _slow_down(self, now: float) -> None:
        self._pin.tighten(now)
        logger.warning("Telegram refuses calls that come too fast; from now on %.0f are made a second", self._pin.rate)
        self._chats.learn(now)  # where all calls are limited, those in one chat are too
        self._evidence.forget()
        self._refused.clear()
        self._proven = _USUAL

    def _refused_chats(self, now: float) -> int:
        """How many chats were refused lately."""
        while self._refused[0][0] < now - _LATELY:
            self._refused.popleft()
        return len({chat for _, chat in self._refused})

    def _care(self) -> int:
        return next((under_way for proven, under_way in _CARE if self._proven < proven), 2 * self._proven)


def _in_last_second(times: deque[float], now: float) -> int:
    while times and times[0] <= now - _SECOND:
        times.popleft()
    return len(times)
