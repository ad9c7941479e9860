"""A rate that all calls together keep to for some minutes, after too many were refused."""

_RATE = 30.0
_SLOWEST = 1.0
_GROWTH = 1.5
_GROWS_AFTER = 5.0
_GAP = 1 / 40
_PAUSE = 1.0
_FIRST_HOLD, _LONGEST_HOLD = 300.0, 3600.0


class Pin:
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
        self._hold = _FIRST_HOLD
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
            self._hold = min(_LONGEST_HOLD, self._hold * 2)
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
