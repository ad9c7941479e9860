"""A program under test, in a process group of its own."""

import asyncio
import atexit
import os
import shutil
import signal
import socket
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.bot_api.client import RemoteBotApi
from tests.delivery.subjects import ROOT, Subject
from tests.prepared import OWN, cache_of

_READY_SECONDS = 180.0
_STOPPING_SECONDS = 120.0
"""After so many it is killed; row R4 says how long a stop takes."""


class Program:
    """Starts, kills and stops the program; what it says goes to `log` in its folder."""

    def __init__(self, subject: Subject, api: RemoteBotApi, folder: Path, settings: dict[str, str]) -> None:
        self.subject = subject
        self.folder = folder
        self.log = folder / "log"
        self.ready: list[float] = []
        """Seconds from each start until it polled or listened."""
        self.stopping: list[float] = []
        """Seconds from each signal to the end."""
        self.exit_codes: list[int] = []
        self.failed_starts = 0
        self._api = api
        self.settings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_BASE_URL": api.base_url,
            "KNOWLEDGE_DIR": str(OWN),
            "CACHE_DIR": _cache_folder() if "KNOWLEDGE_DIR" in settings else str(cache_of(OWN)),
            **subject.settings,
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process
        return self._process.pid

    def set(self, name: str, value: str) -> None:
        """Changes a setting for the next start."""
        self.settings[name] = value

    async def start(self, tries: int = 1) -> None:
        """Starts it and waits until it is ready; again when it ends before, as a supervisor does."""
        for _ in range(tries):
            if await self._start():
                return
            self.failed_starts += 1
            await asyncio.sleep(0.5)
        raise RuntimeError(f"{self.subject.name} does not start: {self.log.read_text()[-2000:]}")

    async def launch(self) -> None:
        """Starts it, and waits for nothing."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.subject.command,
                cwd=self.folder,
                env=self.settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def listening(self, port: int) -> None:
        """Waits until it listens at that port of this machine."""
        async with asyncio.timeout(_READY_SECONDS):
            while True:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    return
                await asyncio.sleep(0.1)

    async def ended(self, seconds: float) -> int:
        """Waits for its end; the exit code. Raises TimeoutError."""
        assert self._process
        async with asyncio.timeout(seconds):
            return await self._process.wait()

    async def end(self, with_signal: signal.Signals = signal.SIGKILL) -> None:
        """Sends the signal to the whole group and waits for the end; one that does not stop in time is killed."""
        if not self._process:
            return
        process, began = self._process, time.monotonic()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, with_signal)
        try:
            self.exit_codes.append(await self.ended(_STOPPING_SECONDS))
        except TimeoutError:
            self.exit_codes.append(-signal.SIGKILL)
        self.stopping.append(time.monotonic() - began)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it started itself, or what did not stop
        await process.wait()

    async def _start(self) -> bool:
        began = time.time()
        await self.launch()
        assert self._process
        ended = asyncio.ensure_future(self._process.wait())
        ready = asyncio.ensure_future(self._api.tell("wait_ready", since=began, seconds=_READY_SECONDS))
        try:
            await asyncio.wait((ended, ready), return_when=asyncio.FIRST_COMPLETED)
            if ready.done() and ready.result():
                self.ready.append(time.time() - began)
                return True
            return False
        finally:
            ended.cancel()
            ready.cancel()


@cache
def _cache_folder() -> str:
    """A folder for the programs with other knowledge bases than our own: only the first with each starts cold."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def free_port() -> int:
    """A port nobody listens at, and that nobody but whoever is told it gets until these tests end."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the program sets it: both may have the port then
    found.bind(("127.0.0.1", 0))
    atexit.register(found.close)
    return int(found.getsockname()[1])
