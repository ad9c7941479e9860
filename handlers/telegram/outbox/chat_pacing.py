"""How fast calls may follow each other inside one chat."""

from collections import deque

from handlers.telegram.outbox.evidence import Evidence

_BURST, _BURST_SECONDS = 3, 3.0
"""Telegram's rule of thumb for one chat: a call a second, a few more for a short time."""
_SURELY_SECONDS = 2.8
"""Within so many seconds the burst is surely over the limit, however the clocks of both sides differ."""
_GROUP, _GROUP_SECONDS = 20, 60.0
_FIRST_HOLD, _LONGEST_HOLD = 60.0, 3600.0


class ChatPace:
    """Groups never get more than Telegram's 20 calls a minute; the pace of private chats is learned from refusals.

    What was learned holds for a minute. Then one chat is let go faster: if that is refused, it holds for longer, and if
    not, it is forgotten. Times are in seconds.
    """

    def __init__(self) -> None:
        self._private: dict[int, deque[float]] = {}
        self._groups: dict[int, deque[float]] = {}
        self._evidence = Evidence(refused_by_it=0.9, enough=20_000)
        self._until: float | None = None
        self._scout: int | None = None
        self._hold = _FIRST_HOLD

    @property
    def is_limited(self) -> bool:
        """Whether private chats are held to the rule of thumb."""
        return self._until is not None

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
            self._hold = min(_LONGEST_HOLD, self._hold * 2)
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
