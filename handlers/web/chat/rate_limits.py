"""How much one client, and all of them together, may ask for; judged before any work is done."""

from dataclasses import dataclass

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter


@dataclass(frozen=True, slots=True)
class MostAsked:
    """How often things may be done. An office or a library shares one address, so that its limit is wide."""

    said_a_minute_in_a_chat: int = 30
    said_a_minute_by_an_address: int = 300
    said_a_second_by_all: int = 60
    read_a_minute_by_an_address: int = 1200
    read_a_second_by_all: int = 300


class RateLimits:
    """Counts in this process. What one client may not do does not count for all."""

    def __init__(self, most: MostAsked | None = None) -> None:
        most = most or MostAsked()
        self._in_a_chat = RateLimitItemPerMinute(most.said_a_minute_in_a_chat)
        self._by_an_address = RateLimitItemPerMinute(most.said_a_minute_by_an_address)
        self._by_all = RateLimitItemPerSecond(most.said_a_second_by_all)
        self._read_by_an_address = RateLimitItemPerMinute(most.read_a_minute_by_an_address)
        self._read_by_all = RateLimitItemPerSecond(most.read_a_second_by_all)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def may_say(self, address: str, chat: str) -> bool:
        """Whether something that is sent from that address, by the chat of that secret, is taken."""
        return (
            await self._limiter.hit(self._in_a_chat, "chat", chat)
            and await self._limiter.hit(self._by_an_address, "said by", address)
            and await self._limiter.hit(self._by_all, "said")
        )

    async def may_read(self, address: str) -> bool:
        """Whether a page is shown to somebody at that address."""
        one, everybody = self._read_by_an_address, self._read_by_all
        return await self._limiter.hit(one, "read by", address) and await self._limiter.hit(everybody, "read")
