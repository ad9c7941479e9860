"""What a request meets while the service starts or stops: who cannot be served now is told to come again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS_OPEN = frozenset(("/healthz", "/readyz", "/metrics"))


class Entrance:
    """Passes requests on to the application that waits, and while it is `opened_to` another one, to that."""

    def __init__(self, waiting: ASGIApp) -> None:
        self.address: str | None = None
        """Where it is; None where it is nowhere, or not known yet."""
        self._waiting = waiting
        self._app: ASGIApp | None = None

    @contextmanager
    def opened_to(self, app: ASGIApp) -> Iterator[None]:
        """While the block lasts, this application answers."""
        self._app = app
        try:
            yield
        finally:
            self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on; who wants more than health comes again later."""
        if self._app:
            await self._app(scope, receive, send)
        elif scope["path"] in _ALWAYS_OPEN:
            await self._waiting(scope, receive, send)
        else:
            headers = {"Retry-After": str(RETRY_SECONDS)}
            await PlainTextResponse("The service is starting", 503, headers)(scope, receive, send)


RETRY_SECONDS = 2
_STOPPING = "handlers.web.stopping"


async def stops_within(request: Request, seconds: float) -> bool:
    """Whether the server stops while so many seconds pass; a stream waits with this between its messages."""
    stopping: asyncio.Event | None = request.scope.get(_STOPPING)
    if stopping is None:
        await asyncio.sleep(seconds)
        return False
    with suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), seconds)
    return stopping.is_set()


class AnswersBrokenOff:
    """Answers 503 for a request that is cancelled before its response has begun; only the server's stop does that.

    `stopping` is set when the stop begins.
    """

    def __init__(self, app: ASGIApp, stopping: asyncio.Event) -> None:
        self._app = app
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""
        begun = False
        scope[_STOPPING] = self._stopping

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except asyncio.CancelledError:
            if begun:
                raise
            headers = {"Retry-After": str(RETRY_SECONDS), "Connection": "close"}
            await PlainTextResponse("The service is stopping", 503, headers)(scope, receive, send)
