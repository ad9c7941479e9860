"""Which tries of people who may not are recorded, so that nobody can fill the audit by trying again and again."""

from collections import OrderedDict, deque
from collections.abc import Callable

MOST_AN_HOUR = 30
"""Of one person."""
_HOUR = 3600.0
_PEOPLE_REMEMBERED = 1000


class Tries:
    """Counts tries by person. `seconds` is a clock that only grows."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._by_person: OrderedDict[str, deque[float]] = OrderedDict()

    def is_recorded(self, person: str) -> bool:
        """Whether this try is to be recorded; further ones in an hour say nothing new, and are refused all the same."""
        times = self._by_person.setdefault(person, deque(maxlen=MOST_AN_HOUR))
        self._by_person.move_to_end(person)
        if len(self._by_person) > _PEOPLE_REMEMBERED:
            self._by_person.popitem(last=False)
        now = self._seconds()
        if len(times) == MOST_AN_HOUR and times[0] > now - _HOUR:
            return False
        times.append(now)
        return True
