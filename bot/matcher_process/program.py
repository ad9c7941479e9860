"""The child's program, and where it comes from: a server that may have been started ahead forks it."""

import asyncio
from pathlib import Path
from threading import Thread

from bot.errors import FindingError
from bot.matcher_process.fork_server import ForkedProgram, ForkServer
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.server_process import started_ahead


def _started_server() -> ForkServer:
    """The one that was started ahead, or another. Raises OSError when there can be none."""
    while started := started_ahead():
        server = ForkServer(*started)
        if server.lives:
            return server
        server.end()
    return ForkServer.start()


class Programs:
    """Has programs forked that will open one folder; a server that has ended is replaced."""

    def __init__(self, opening: Opening, folder: Path) -> None:
        self._opening, self._folder = opening, folder
        self._server: ForkServer | None = None

    def begin(self) -> None:
        """Sees to it that there is a server, which may be loading still. Raises FindingError when there can be none."""
        if self._server and self._server.lives:
            return
        self.close()
        try:
            self._server = _started_server()
        except OSError as error:
            raise FindingError(f"no process can be started to look questions up: {error}") from None
        self._server.prepare(self._opening, self._folder)

    def renew(self) -> None:
        """From now on another server forks, which loads what the folder's files need now. Raises FindingError."""
        self.close()
        self.begin()

    async def forked(self) -> ForkedProgram:
        """A new program. Raises FindingError when there can be none."""
        self.begin()
        assert self._server  # noqa: S101  # it has begun
        forking = asyncio.ensure_future(asyncio.to_thread(self._server.fork))
        try:
            return await asyncio.shield(forking)
        except OSError as error:
            self.close()  # it may hang; the next one will not
            raise FindingError(f"no process can be started to look questions up: {error}") from None
        except asyncio.CancelledError:
            forking.add_done_callback(_discard)
            raise

    def close(self) -> None:
        """Ends the server; what it has forked lives on."""
        if self._server:
            self._server.end()
            self._server = None


def _discard(forking: "asyncio.Future[ForkedProgram]") -> None:
    if not forking.cancelled() and not forking.exception():
        Thread(target=forking.result().discard).start()
