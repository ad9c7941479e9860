"""Which numbers a message may have got whose sending was not confirmed."""

from bisect import bisect_left
from collections.abc import Set as AbstractSet

MOST_CANDIDATES = 200
_BEYOND_NEWEST = 20
"""How many messages may have come or gone that nobody told of yet."""
_IN_A_SUPERGROUP = 60
_WIDEST = 50_000


def among_all(after: int, newest: int, sent: AbstractSet[int], others: AbstractSet[int]) -> list[int]:
    """Numbers of the counter that private chats share, above `after`, the likeliest first.

    `sent` are known to be those of other calls and `others` those of messages that came in. Calls are made many at a
    time, so a number next to one of another call is likely, as is one soon after `after`.
    """
    top = min(max(newest, after, *sent, *others) + _BEYOND_NEWEST, after + _WIDEST)
    free = [number for number in range(after + 1, top + 1) if number not in sent and number not in others]
    distance = _Distance([after, *sorted(number for number in sent if number > after)])
    return sorted(free, key=distance.of)[:MOST_CANDIDATES]


def in_supergroup(newest_sent: int | None) -> list[int]:
    """Numbers of a supergroup's own counter; none where nothing is known of it, as then any message could be meant."""
    return [] if newest_sent is None else list(range(newest_sent + 1, newest_sent + 1 + _IN_A_SUPERGROUP))


class _Distance:
    """How far a number is from the nearest of some that are in order."""

    def __init__(self, marks: list[int]) -> None:
        self._marks = marks

    def of(self, number: int) -> int:
        place = bisect_left(self._marks, number)
        return min(abs(number - mark) for mark in self._marks[max(0, place - 1) : place + 1])
