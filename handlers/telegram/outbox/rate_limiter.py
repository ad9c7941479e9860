"""How fast calls may be made, over all and inside each chat.

Telegram publishes no limits but rules of thumb (30 calls a second over all, one a second in a chat, 20 a minute in a
group), and other Bot API servers have none at all. So nothing is held back before something is refused, but beyond the
rules of thumb each step is a careful one.

Libraries keep a fixed rate (aiolimiter, the AIORateLimiter of python-telegram-bot): 1,000 waiting messages take 33 s
wherever they go. With this limiter they take 3.4 s where there is no limit, and 35 s with 8 refusals where Telegram's
limits hold, in the simulation of the tests at 50 ms a call.
"""

import logging
from collections import deque

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
_RATE = 30.0
_SLOWEST = 1.0
_GROWTH = 1.5
_GROWS_AFTER = 5.0
_GAP = 1 / 40
_PAUSE = 1.0
_RATE_FIRST_HOLD, _RATE_LONGEST_HOLD = 300.0, 3600.0
_BURST, _BURST_SECONDS = 3, 3.0
"""Telegram's rule of thumb for one chat: a call a second, a few more for a short time."""
_SURELY_SECONDS = 2.8
"""Within so many seconds the burst is surely over the limit, however the clocks of both sides differ."""
_GROUP, _GROUP_SECONDS = 20, 60.0
_CHAT_FIRST_HOLD, _CHAT_LONGEST_HOLD = 60.0, 3600.0
_CALLS_REMEMBERED = 2000
_OVERWHELMING = 1e12

logger = logging.getLogger(__name__)


class RateLimiter:
    """Learns from how Telegram answers; one call a chat is under way at a time. Times are in seconds."""

    def __init__(self) -> None:
        self._chats = ChatLimiter()
        self._fixed = FixedRate()
        self._chance = ChanceRefusals()
        self._evidence = LimitEvidence(refused_by_it=0.4, enough=50_000)
        self._refused: deque[tuple[float, int]] = deque()
        self._proven = _USUAL
        self._under_way: dict[int, float] = {}
        self._unproven: set[int] = set()
        self._begun: deque[float] = deque()
        self._ended: deque[float] = deque()
        self._accepted: deque[float] = deque()

    def is_free(self, now: float) -> bool:
        """Whether no rate has to be kept."""
        return not self._fixed.holds(now)

    def room(self, now: float, at_once: int) -> int:
        """How many calls may be begun now, when `at_once` more may be under way."""
        under_way = len(self._under_way)
        if not self.is_free(now):
            full = now < self._fixed.next or under_way + _in_last_second(self._ended, now) >= self._fixed.rate
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
        times += [self._fixed.next, *self._chats.held(now).values()]
        return min((time - now for time in times if time > now), default=_SECOND)

    def began(self, chat: int, now: float) -> None:
        """A call is made in that chat."""
        self._under_way[chat] = now
        if _in_last_second(self._begun, now) >= self._proven:
            self._unproven.add(chat)
        self._begun.append(now)
        self._fixed.began(now)

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
        self._fixed.accepted()
        self._accepted.append(now)
        fast = _in_last_second(self._accepted, now)
        if fast >= self._proven + max(_STEP, self._proven // 8):
            self._proven = fast

    def refused(self, chat: int, now: float) -> None:
        """Telegram said that there were too many calls."""
        if self._chats.is_dense(chat, now) or chat < 0:
            self._chats.answered(chat, now, refused=True, chance=self._chance.share)
            return
        if self._fixed.holds(now) and self._under_way.get(chat, now) < self._fixed.since:
            return  # it was under way when all were told to wait
        self._refused.append((now, chat))
        enough = self._evidence.add(refused=True, chance=min(_CHANCE_AT_MOST, self._chance.share))
        self._chance.add(refused=True)
        if enough and self._refused_chats(now) >= _CHATS:
            self._slow_down(now)

    def _slow_down(self, now: float) -> None:
        self._fixed.tighten(now)
        logger.warning(
            "Telegram refuses calls that come too fast; from now on %.0f are made a second", self._fixed.rate
        )
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


class ChatLimiter:
    """Groups never get more than Telegram's 20 calls a minute; the pace of private chats is learned from refusals.

    What was learned holds for a minute. Then one chat is let go faster: if that is refused, it holds for longer, and if
    not, it is forgotten. Times are in seconds.
    """

    def __init__(self) -> None:
        self._private: dict[int, deque[float]] = {}
        self._groups: dict[int, deque[float]] = {}
        self._evidence = LimitEvidence(refused_by_it=0.9, enough=20_000)
        self._until: float | None = None
        self._scout: int | None = None
        self._hold = _CHAT_FIRST_HOLD

    def is_dense(self, chat: int, now: float) -> bool:
        """Whether a limit, if there is one, refuses the chat a call now."""
        sent = self._private.get(chat)
        return sent is not None and len(sent) == _BURST and sent[0] > now - _SURELY_SECONDS

    def answered(self, chat: int, now: float, *, refused: bool, chance: float) -> None:
        """How Telegram answered a call."""
        if self.is_dense(chat, now):
            self._judge(chat, now, refused=refused, chance=chance)
        if not refused:
            self._note(chat, now)

    def learn(self, now: float) -> None:
        """There is a limit."""
        if self._until is None or now >= self._until:
            self._until = now + self._hold
            self._hold = min(_CHAT_LONGEST_HOLD, self._hold * 2)
        self._scout = None
        self._evidence.forget()

    def held(self, now: float) -> dict[int, float]:
        """The chats that have to wait, and until when."""
        held = _full(self._groups, _GROUP, _GROUP_SECONDS, now)
        if self._until is not None:
            dense = _full(self._private, _BURST, _BURST_SECONDS, now)
            if now >= self._until:
                self._send_scout(dense)
            held |= dense
        return held

    def _send_scout(self, dense: dict[int, float]) -> None:
        """Lets one chat go on."""
        if self._scout is None:
            self._scout = next(iter(dense), None)
        if self._scout is not None:
            dense.pop(self._scout, None)

    def _judge(self, chat: int, now: float, *, refused: bool, chance: float) -> None:
        if self._until is None:
            if self._evidence.add(refused=refused, chance=chance):
                self.learn(now)
        elif chat == self._scout and refused:
            self.learn(now)
        elif chat == self._scout:
            self._until = self._scout = None

    def _note(self, chat: int, now: float) -> None:
        """Remembers a call. The chats are in the order of their latest, so that old ones are found at once."""
        times, most, seconds = self._groups, _GROUP, _GROUP_SECONDS
        if chat > 0:
            times, most, seconds = self._private, _BURST, _BURST_SECONDS
        sent = times.pop(chat, None) or deque(maxlen=most)
        sent.append(now)
        times[chat] = sent
        while times[oldest := next(iter(times))][-1] <= now - seconds:
            del times[oldest]


def _full(times: dict[int, deque[float]], most: int, seconds: float, now: float) -> dict[int, float]:
    """The chats that had the most calls there may be within so many seconds, and when they may have another."""
    full: dict[int, float] = {}
    for chat, sent in reversed(times.items()):
        if sent[-1] <= now - seconds:
            break
        if len(sent) == most and sent[0] > now - seconds:
            full[chat] = sent[0] + seconds
    return full


class FixedRate:
    """Begins at Telegram's 30 calls a second and gets slower while that is too fast.

    When it is over, the next one lasts longer. Times are in seconds.
    """

    def __init__(self) -> None:
        self.rate = _RATE
        """Calls a second."""
        self.next = 0.0
        """No call before."""
        self.since = 0.0
        """Calls that began before do not count."""
        self._until = 0.0
        self._hold = _RATE_FIRST_HOLD
        self._accepted = 0

    def holds(self, now: float) -> bool:
        """Whether calls are held to the rate."""
        return now < self._until

    def tighten(self, now: float) -> None:
        """There were too many calls."""
        if self.holds(now):
            self.rate = max(_SLOWEST, self.rate / 2)
        else:
            self.rate = _RATE
            self._until = now + self._hold
            self._hold = min(_RATE_LONGEST_HOLD, self._hold * 2)
        self._accepted = 0
        self.next = self.since = now + _PAUSE

    def began(self, now: float) -> None:
        """A call is made, so the next one is a little later: not all of a second's come at once."""
        self.next = max(self.next, now + _GAP)

    def accepted(self) -> None:
        """A call was accepted; after some seconds' worth of them the rate grows, up to what it was at first."""
        self._accepted += 1
        if self._accepted >= _GROWS_AFTER * self.rate:
            self.rate = min(_RATE, _GROWTH * self.rate)
            self._accepted = 0


class ChanceRefusals:
    """How often calls are refused that keep to every limit there may be."""

    def __init__(self) -> None:
        self._calls = 50.0
        self._refused = 1.0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self._refused / self._calls

    def add(self, *, refused: bool) -> None:
        """One more such call."""
        self._calls += 1
        self._refused += refused
        if self._calls > _CALLS_REMEMBERED:
            self._calls /= 2
            self._refused /= 2


class LimitEvidence:
    """How much likelier it is, after what was seen, that there is a limit than that there is none.

    Only calls count that a limit would refuse: a share of `refused_by_it` of them, from 0 to 1.
    """

    def __init__(self, refused_by_it: float, enough: float) -> None:
        self._refused_by_it = refused_by_it
        self._enough = enough
        self._odds = 1.0

    def add(self, *, refused: bool, chance: float) -> bool:
        """One more such call, where `chance` alone refuses that share; whether there is evidence enough now."""
        by_it = self._refused_by_it if refused else 1 - self._refused_by_it
        by_chance = chance if refused else 1 - chance
        self._odds = min(_OVERWHELMING, max(1.0, self._odds * by_it / by_chance))
        return self._odds >= self._enough

    def forget(self) -> None:
        """Begins anew."""
        self._odds = 1.0
