"""Updates on their way to the bot: kept until they are confirmed or too old."""

import random
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.bot_api.arguments import Json
from tests.bot_api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

_MESSAGES_ARE_KEPT = 24 * 3600.0
_PRESSES_ARE_KEPT = 150.0
_BEYOND_THE_NEWEST = 10
_SMALLEST_ID, _LARGEST_ID = 2_000_001, 1 << 29


@dataclass(slots=True, eq=False)
class Update:
    """An update; inside its `lane` a webhook gets updates in order. Times are seconds since 1970."""

    id: int
    lane: tuple[str, int]
    body: Json
    until: float
    deliveries: list[float] = field(default_factory=list)
    confirmed: float = 0.0


class Updates:
    """The queue of one bot."""

    def __init__(self, settings: Settings, chance: random.Random) -> None:
        self.all: list[Update] = []
        """Every update there ever was, in order."""
        self.expired = 0
        self.delivered = 0
        """Deliveries, without those of what was fetched and not confirmed."""
        self.waiting: OrderedDict[int, Update] = OrderedDict()
        self.again: deque[Update] = deque()
        """Updates to be delivered once more, confirmed or not."""
        self.on_arrival: list[Callable[[Update], None]] = []
        self._settings = settings
        self._next = chance.randrange(_SMALLEST_ID, _LARGEST_ID)

    def push(self, kind: str, content: Json, chat: int) -> Update:
        """Queues an update of that kind; of the kind `raw`, the content is all there is of it."""
        kept = _PRESSES_ARE_KEPT if kind == "callback_query" else _MESSAGES_ARE_KEPT
        body = {"update_id": self._next} | (content if kind == "raw" else {kind: content})
        update = Update(self._next, (kind, chat), body, time.time() + kept * self._settings.update_age_scale)
        self._next += 1
        self.waiting[update.id] = update
        self.all.append(update)
        self._announce(update)
        return update

    def restart_ids(self, first: int) -> None:
        """Numbers the next updates from `first`, as Telegram does after a week of silence."""
        self._next = first

    def redeliver(self, last: int, times: int) -> None:
        """Delivers the last so many updates again, whether they were confirmed or not."""
        for update in [update for update in self.all if update.deliveries][-last:]:
            for _ in range(times):
                self.again.append(update)
                self._announce(update)

    def confirm_below(self, offset: int) -> None:
        """Forgets what stands before the offset; one far beyond the newest update says nothing."""
        if offset > self._next + _BEYOND_THE_NEWEST:
            return
        while self.waiting and next(iter(self.waiting)) < offset:
            self.confirm(next(iter(self.waiting.values())))

    def confirm(self, update: Update) -> None:
        """Forgets the update: the bot has it."""
        if self.waiting.pop(update.id, None):
            update.confirmed = time.time()

    def keep_last(self, number: int) -> None:
        """Forgets all but the last so many."""
        for update in list(self.waiting.values())[:-number]:
            self.confirm(update)

    def take(self, limit: int) -> list[Update]:
        """The oldest ones, which stay queued."""
        self.expire()
        batch = [self.again.popleft() for _ in range(min(limit, len(self.again)))]
        self.delivered += len(batch)
        for update in self.waiting.values():
            if len(batch) >= limit:
                break
            batch.append(update)
        for update in batch:
            self.delivered += not update.deliveries
            update.deliveries.append(time.time())
        return batch

    def expire(self) -> None:
        """Forgets what is too old."""
        now = time.time()
        for update in [update for update in self.waiting.values() if update.until <= now]:
            del self.waiting[update.id]
            self.expired += 1

    def _announce(self, update: Update) -> None:
        for arrived in self.on_arrival:
            arrived(update)
