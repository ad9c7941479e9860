"""Whose browser it is, by a value in a cookie that no script can read, where it is, and how much it may ask for."""

import ipaddress
import re
import secrets
from dataclasses import dataclass

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request
from starlette.responses import Response

from handlers.web.pages.site import Site

COOKIE = "chat"
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_NETWORK_OF_ONE = 64
"""Bits; whoever has one address of the sixth version has all that begin so."""


def secret_of(request: Request) -> str | None:
    """The secret of the browser's chat; None where it has none yet, or one that is not of ours."""
    value = request.cookies.get(COOKIE, "")
    return value if _SHAPE.fullmatch(value) else None


def new_secret() -> str:
    """A secret that nobody can guess."""
    return secrets.token_urlsafe(32)


def keep_secret(site: Site, response: Response, secret: str, days: int, *, is_embedded: bool) -> None:
    """Has the browser show the secret from now on; inside pages of others too where those may embed ours."""
    site.set_cookie(response, COOKIE, secret, days * 24 * 3600, is_embedded=is_embedded)


def address_of(request: Request, *, behind_proxy: bool) -> str:
    """Where the request comes from: what the server in front says last, where there is one."""
    address = request.client.host if request.client else ""
    if behind_proxy:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if known.version == 4:  # noqa: PLR2004  # the version of the protocol
        return address
    return str(ipaddress.ip_network((known, _NETWORK_OF_ONE), strict=False))


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
