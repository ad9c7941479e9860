"""Keeps connections from being held for nothing: by requests that never end, or by too many of them at once."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 15.0
"""In how many seconds a request must have come whole, from the first byte or the connection on."""
MOST_CONNECTIONS = 500
"""Files that a process may have open are few; the database needs some."""

_RECEIVING = (h11.IDLE, h11.SEND_BODY)


class GuardedProtocol(H11Protocol):
    """A connection that is closed when its request does not come to an end in time.

    The application has its own, shorter limit for a body it waits for; this one also holds for the request's head,
    and for a body that nobody waits for any more.
    """

    request_seconds = REQUEST_SECONDS
    most_connections = MOST_CONNECTIONS
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library has it
        """Begins to watch. One connection too many costs one that is idle its place, else its own."""
        super().connection_made(transport)
        self._watch()
        if len(self.connections) > self.most_connections:
            idle = (each for each in self.connections if isinstance(each, GuardedProtocol) and each.is_idle)
            next(idle, self).transport.abort()

    @property
    def is_idle(self) -> bool:
        """Whether the connection has had its answer, and nothing has come since."""
        return self.timeout_keep_alive_task is not None

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends watching."""
        self._stop_watching()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes a part of a request. The next one has its own time."""
        was_body = self.conn.their_state is h11.SEND_BODY
        super().data_received(data)
        if was_body and self.conn.their_state is h11.IDLE:
            self._stop_watching()
        self._watch()

    def on_response_complete(self) -> None:
        """Goes on with the next request, or with the rest of one that was answered early."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._watch()

    def _watch(self) -> None:
        """A request that is on its way has its time; one that has arrived needs none."""
        if self.conn.their_state not in _RECEIVING:
            self._stop_watching()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(self.request_seconds, self.transport.abort)

    def _stop_watching(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None
