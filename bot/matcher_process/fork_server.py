"""Where children come from: a process that has loaded what every one of them needs, and forks.

A forked child has all of it at once, and shares its memory as long as neither side writes to it.
"""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from socket import send_fds, socket
from threading import Lock, Thread
from typing import IO, TYPE_CHECKING, Self

from bot.errors import FindingError
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.protocol import HEAD, Codec, Command, Prepare
from bot.matcher_process.server_process import start_process, started_ahead

if TYPE_CHECKING:
    import subprocess

PATIENCE = 5.0
"""Seconds; a server that says nothing for longer hangs, and is ended."""
_PREPARING = 60.0
"""Seconds that it may take to load what its children need."""


class ForkServer:
    """One such process; safe to use from several threads."""

    def __init__(self, process: "subprocess.Popen[bytes]", line: socket) -> None:
        """Takes over a process that was just started; `start` is the way to get one."""
        self._process, self._line = process, line
        self._lock = Lock()
        self._is_preparing = False

    @classmethod
    def start(cls, *imported: str) -> Self:
        """Starts one that imports these modules. Raises OSError when there can be none."""
        return cls(*start_process(*imported))

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def prepare(self, opening: Opening, folder: Path) -> None:
        """Has it load what children need that open this folder; whoever asks for one meanwhile waits."""
        body = Codec().frame(Prepare(opening, folder))
        with self._lock, suppress(OSError):  # who asks for a child will see that it has ended
            self._line.sendall(HEAD.pack(Command.PREPARE, len(body)) + body)
            self._is_preparing = True

    def fork(self) -> "ForkedProgram":
        """A new child. Raises OSError when there can be none."""
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        try:
            pid = self.ask(Command.FORK, 0, (theirs_in, theirs_out))
        except OSError:
            os.close(ours_in)
            os.close(ours_out)
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        return ForkedProgram(self, pid, os.fdopen(ours_in, "wb", 0), os.fdopen(ours_out, "rb", 0))

    def ask(self, command: Command, number: int, descriptors: Sequence[int] = ()) -> int:
        """What it says to a command. Raises OSError when it cannot obey, has ended or hangs."""
        with self._lock:
            if self._is_preparing:
                self._said(_PREPARING)
                self._is_preparing = False
            send_fds(self._line, [HEAD.pack(command, number)], descriptors)
            return self._said(PATIENCE)

    def _said(self, patience: float) -> int:
        self._line.settimeout(patience)
        try:
            said = self._line.recv(HEAD.size)
        except TimeoutError:
            self._process.kill()
            raise
        if len(said) < HEAD.size:
            raise ConnectionError("the process that forks has ended")
        kind, number = HEAD.unpack(said)
        if kind == Command.FAILED:
            raise OSError(number, os.strerror(number))
        return int(number)

    def end(self) -> None:
        """Ends it, whatever it is doing; the children that it has forked live on."""
        self._process.kill()
        self._process.wait()
        with self._lock:
            self._line.close()


class ForkedProgram:
    """A child that a server has forked, with the pipes to it."""

    def __init__(self, server: ForkServer, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self.returncode: int | None = None
        """As that of `subprocess.Popen`, once it was waited for; None where the server cannot tell any more."""
        self._server = server
        self._is_over = False

    def kill(self) -> None:
        """Ends it at once. Its number is nobody else's until it is waited for."""
        if not self._is_over:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        """Waits until it is gone, once it is being ended."""
        if not self._is_over:
            self._is_over = True
            with suppress(OSError):
                self.returncode = self._server.ask(Command.WAIT, self.pid)

    def discard(self) -> None:
        """Ends one that nobody needs."""
        self.kill()
        self.stdin.close()
        self.stdout.close()
        self.wait()


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
