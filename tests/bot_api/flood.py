"""The published limits on sending."""

import time
from collections import defaultdict, deque

from tests.bot_api.refusals import too_many

_ALL = (30, 1.0)
_CHAT = (3, 3.0)
_GROUP = (20, 60.0)


class FloodLimits:
    """Sliding windows: so many messages in so many seconds, over all and for each chat."""

    def __init__(self) -> None:
        self.refused = 0
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)

    def count(self, chat: int) -> None:
        """Counts a message to the chat. Raises Refusal where it is one too many."""
        now = time.monotonic()
        windows = ((0, _ALL), (chat, _CHAT if chat > 0 else _GROUP))
        for key, (most, seconds) in windows:
            sent = self._sent[key]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                self.refused += 1
                raise too_many(sent[0] + seconds - now)
        for key, _ in windows:
            self._sent[key].append(now)
