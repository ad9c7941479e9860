"""Serves the web application inside the running event loop, and stops without dropping what was begun."""

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp

from handlers.web.connections import GuardedProtocol
from handlers.web.entrance import AnswersBrokenOff

_STOPPING_SECONDS = 3
_CANCELLING_SECONDS = 1.0
_IDLE_SECONDS = 75
"""Longer than servers in front keep a connection (60 s), so that none is closed just as one of them uses it again."""
_BACKLOG = 1024
_PORTS_TRIED = 20


class WebStartError(Exception):
    """The address cannot be served; the message is one plain line that says what to do."""


@asynccontextmanager
async def serve_web(app: ASGIApp, host: str, port: int) -> AsyncIterator[str]:
    """Serves the application while the block lasts; gives its address, such as `http://127.0.0.1:8080`.

    With port 0 any free port is taken. Raises WebStartError when the address cannot be served. At the end, requests
    that were begun have three seconds. Signals are left to whoever runs the loop.
    """
    sockets = await _listen(host, port)
    stopping = asyncio.Event()
    server = _Server(_config(AnswersBrokenOff(app, stopping)))
    serving = asyncio.create_task(server.serve(sockets))
    serving.add_done_callback(lambda _: server.ready.set())
    try:
        await server.ready.wait()
        yield _address(sockets[0])
    finally:
        stopping.set()
        server.should_exit = True
        await asyncio.wait([serving])
        serving.result()
        await server.end_cancelled()


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=GuardedProtocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,  # the library's messages go where all others go
        log_level=logging.ERROR,  # anybody can send nonsense, which it would warn of
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_STOPPING_SECONDS,
        reset_contextvars=True,  # no request inherits what this task was in the middle of
    )


class _Server(uvicorn.Server):
    """Says when it serves, and leaves signals alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def end_cancelled(self) -> None:
        """Lets the requests that the stop has cancelled come to their end."""
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_CANCELLING_SECONDS)


async def _listen(host: str, port: int) -> list[socket.socket]:
    """A listening socket for each address that the host's name stands for, all with the same port."""
    sockets: list[socket.socket] = []
    try:
        for family, address in await _addresses(host, port):
            sockets.append(_open(family, (address, sockets[0].getsockname()[1] if sockets else port)))
    except (OSError, UnicodeError) as error:  # names that cannot be looked up at all raise UnicodeError
        for each in sockets:
            each.close()
        raise WebStartError(_cannot_serve(host, port, error)) from None
    return sockets


async def _addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, str]]:
    """The addresses of the host's name that this machine has; one alone is given even when it has not."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    addresses = list(dict.fromkeys((socket.AddressFamily(family), str(address[0])) for family, *_, address in found))
    return [each for each in addresses if _is_here(*each)] or addresses[:1]


def _is_here(family: socket.AddressFamily, address: str) -> bool:
    """Whether the machine has the address: many know `localhost` as an IPv6 address too, and have no IPv6."""
    with suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.bind((address, 0))
        return True
    return False


def _open(family: socket.AddressFamily, address: tuple[str, int]) -> socket.socket:
    return socket.create_server(address, family=family, backlog=_BACKLOG)


def _address(served: socket.socket) -> str:
    host, port = served.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _cannot_serve(host: str, port: int, error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        free = _free_port(host, port)
        such = f", such as {free}" if free else ""
        return f"another program already uses port {port} of {host}; set HTTP_PORT to a free port{such}"
    reason = error.strerror if isinstance(error, OSError) else "no such name"
    return f"nothing can be served at {host}, port {port} ({reason}); check HTTP_HOST and HTTP_PORT"


def _free_port(host: str, taken: int) -> int | None:
    """One of the next ports that nobody has."""
    for port in range(taken + 1, min(taken + 1 + _PORTS_TRIED, 2**16)):
        with suppress(OSError), socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
            trial.bind((host, port))
            return port
    return None
