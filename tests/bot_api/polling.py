"""getUpdates: one bot at a time, and what it asks for next confirms what it got before."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bot_api.arguments import Arguments, Json
from tests.bot_api.refusals import conflict
from tests.bot_api.settings import Settings
from tests.bot_api.updates import Update, Updates

_MOST_UPDATES = 100
_LONGEST_POLL = 50
_HELD_BACK = 3.0
_SINGLE = 0.5
_TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True, eq=False)
class _Waiting:
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False


class Polling:
    """The long polls of one bot."""

    def __init__(self, updates: Updates, settings: Settings) -> None:
        self.last = 0.0
        self.conflicts = 0
        self._updates = updates
        self._settings = settings
        self._waiting: _Waiting | None = None
        self._previous = (0, 0.0)
        updates.on_arrival.append(self._wake)

    async def get_updates(self, arguments: Arguments, alive: Callable[[], bool]) -> list[Json]:
        """What the bot gets; nothing goes to one that is no longer `alive`. Raises Refusal when another one polls."""
        offset, limit = arguments.number("offset"), min(max(arguments.number("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
        seconds = float(min(max(arguments.number("timeout"), 0), _LONGEST_POLL))
        limit, seconds = self._held_back(offset, limit, seconds)
        self.last = time.time()
        if offset < 0:
            self._updates.keep_last(-offset)
        elif offset:
            self._updates.confirm_below(offset)
        self.end_waiting()
        if not seconds or self._updates.waiting or self._updates.again:
            return self._take(limit, alive)
        await self._wait(seconds, alive)
        return self._take(limit, alive)

    def end_waiting(self) -> None:
        """Ends the poll that waits, as a second one or a webhook does."""
        if self._waiting:
            self._waiting.ended = True
            self._waiting.woken.set()
            self._waiting = None

    def _held_back(self, offset: int, limit: int, seconds: float) -> tuple[int, float]:
        """Telegram's guard against bots that poll in a hot loop with the same offset."""
        now, (before, at) = time.monotonic(), self._previous
        self._previous = (offset, now)
        if not self._settings.strict_polling or offset != before:
            return limit, seconds
        return (1 if now < at + _SINGLE else limit), (max(seconds, _HELD_BACK) if now < at + _HELD_BACK else seconds)

    async def _wait(self, seconds: float, alive: Callable[[], bool]) -> None:
        waiting = self._waiting = _Waiting()
        try:
            async with asyncio.timeout(seconds):
                await waiting.woken.wait()
            await asyncio.sleep(0.001)  # what comes together goes out together
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None
        if waiting.ended:
            self.conflicts += alive()
            raise conflict(_TWO_POLLERS)

    def _take(self, limit: int, alive: Callable[[], bool]) -> list[Json]:
        return [update.body for update in self._updates.take(limit)] if alive() else []

    def _wake(self, _: Update) -> None:
        if self._waiting:
            self._waiting.woken.set()
