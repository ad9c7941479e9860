"""The numbers of messages that this process knows of."""

import asyncio
from collections import deque

_REMEMBERED = 20_000
_SENT_REMEMBERED = 1000
_SUPERGROUPS_BELOW = -1_000_000_000_000


class Seen:
    """Messages that came in or were sent.

    Private chats and basic groups share one counter for each bot, so a larger number is a newer message, whoever has
    it. Each supergroup has a counter of its own; of those, only the newest message sent there is remembered.
    """

    def __init__(self) -> None:
        self.newest = 0
        """The largest number known that the shared counter gave."""
        self.caught_up = asyncio.Event()
        """Set once nothing is left that came in before this process began: until then `newest` is too small."""
        self._numbers: set[int] = set()
        self._order: deque[int] = deque()
        self._sent: deque[tuple[float, int]] = deque(maxlen=_SENT_REMEMBERED)
        self._newest_in: dict[int, int] = {}

    def came_in(self, number: int) -> None:
        """A message with a number of the shared counter; 0 for none."""
        self.newest = max(self.newest, number)
        if number <= 0 or number in self._numbers:
            return
        self._numbers.add(number)
        self._order.append(number)
        if len(self._order) > _REMEMBERED:
            self._numbers.discard(self._order.popleft())

    def was_sent(self, chat: int, number: int, begun: float) -> None:
        """A message that was sent to that chat by a call that began at that time, in seconds."""
        self.was_found(chat, number)
        if shares_counter(chat):
            self._sent.append((begun, number))

    def was_found(self, chat: int, number: int) -> None:
        """A message that was sent to that chat some time ago."""
        if shares_counter(chat):
            self.came_in(number)
        else:
            self._newest_in[chat] = number

    def below(self, time: float) -> int | None:
        """A number that no message has reached that was sent before that time; None where none is known."""
        return min((number for begun, number in self._sent if begun >= time), default=None)

    def above(self, number: int) -> set[int]:
        """The remembered numbers of the shared counter above that one."""
        return {known for known in self._numbers if known > number}

    def newest_in(self, supergroup: int) -> int | None:
        """The newest message that this process sent there."""
        return self._newest_in.get(supergroup)


def shares_counter(chat: int) -> bool:
    """Whether the chat's messages are numbered together with those of all private chats."""
    return chat > _SUPERGROUPS_BELOW
