"""Keeps connections from being held for nothing: by requests that never end, or by too many of them at once."""

import asyncio
from functools import cache

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 15.0
"""In how many seconds a request must have come whole, from the first byte or the connection on."""
MOST_CONNECTIONS = 2000
"""Each page that is open has one for as long as that."""
_FILES_FOR_OTHERS = 500
"""Files that a process may have open are few; the database, and who comes while others are let go, need some."""

_RECEIVING = (h11.IDLE, h11.SEND_BODY)


@cache
def connections_that_fit() -> int:
    """How many connections this process can hold; it is allowed to have more files open where the system lets it."""
    try:
        import resource
    except ImportError:  # Windows
        return _FILES_FOR_OTHERS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + _FILES_FOR_OTHERS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    fitting = wanted if soft == resource.RLIM_INFINITY else soft
    return min(MOST_CONNECTIONS, max(fitting // 2, fitting - _FILES_FOR_OTHERS))


class GuardedProtocol(H11Protocol):
    """A connection that is closed when its request does not come to an end in time.

    The application has its own, shorter limit for a body it waits for; this one also holds for the request's head,
    and for a body that nobody waits for any more.
    """

    request_seconds = REQUEST_SECONDS
    most_connections: int | None = None
    """None: as many as fit."""
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library has it
        """Begins to watch. One connection too many costs the one its place that has done nothing for the longest."""
        super().connection_made(transport)
        self._watch()
        held = [each for each in self.connections if isinstance(each, GuardedProtocol) and each.is_held]
        if len(held) > (self.most_connections or connections_that_fit()):
            min(held, key=GuardedProtocol.worth).transport.abort()

    @property
    def is_held(self) -> bool:
        """Whether the connection is open: one that is being closed is still known to the server for a moment."""
        return not self.transport.is_closing()

    def worth(self) -> tuple[int, float]:
        """The less, the sooner it may be closed: idle ones, then those whose request has been coming longest.

        Those whose request has come whole are worth most: what they asked for is being done.
        """
        if self.timeout_keep_alive_task:
            return 0, self.timeout_keep_alive_task.when()
        return (1, self._deadline.when()) if self._deadline else (2, 0.0)

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
