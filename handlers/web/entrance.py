"""The way in while the program waits for its database, or for another assistant to end: health alone is shown."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from handlers.web.interrupted_requests import RETRY_SECONDS

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
