"""Stands before every page: a request that a foreign page could have made, or that is too large, goes no further."""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_LARGEST_BODY = 256 * 1024
"""Bytes; the longest text that anybody may send has a tenth of it."""
_READING = ("GET", "HEAD")
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
"""What servers in front say of whom they ask for."""
_OWN_SITE = ("same-origin", "none")
"""`none`: typed, or from a bookmark."""


class Guard:
    """Lets requests through that name this server as one of `hosts`, and changes that come from its own pages.

    A name that leads here without being one of ours belongs to whoever wants to read our pages as their own.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        *,
        is_local: bool = False,
        largest_body: int = _LARGEST_BODY,
        larger: Mapping[str, int] | None = None,
    ) -> None:
        """With `is_local` nothing is let through that a server in front passes on: whoever it is for is elsewhere.

        `larger` has the paths of forms that may bring more than `largest_body`.
        """
        self._app = app
        self._is_local = is_local
        self._hosts = frozenset((*LOOPBACK, *hosts))
        self._largest_body = largest_body
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or raises HTTPException."""
        headers = Headers(scope=scope)
        if _name(headers.get("Host", "")) not in self._hosts:
            raise HTTPException(421)
        if self._is_local and any(name in headers for name in _PASSED_ON):
            raise HTTPException(421)
        if scope["method"] not in _READING and not _is_own(headers):
            raise HTTPException(403)
        most = self._larger.get(scope["path"], self._largest_body)
        if int(headers.get("Content-Length", 0)) > most:  # the server checked that it is a number
            raise HTTPException(413)
        await self._app(scope, _bounded(receive, most), send)


def _bounded(receive: Receive, most: int) -> Receive:
    """The same, which raises HTTPException when more than so many bytes come."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise HTTPException(413)
        return message

    return bounded


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()


def _is_own(headers: Headers) -> bool:
    """Whether a page of this server sends it, as far as the browser says. The forms' tokens are checked besides."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OWN_SITE
    origin = headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc.lower() == headers.get("Host", "").lower()
