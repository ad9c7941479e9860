"""Whose browser it is: a random value in a cookie that no script can read, and the address that it comes from."""

import ipaddress
import re
import secrets

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
