"""One child process with one loaded knowledge base, as long as it lives."""

import asyncio
import logging
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Self

import bot
from bot.errors import ChildEndedError, FindingError
from bot.matcher_process.frames import Codec, read_body
from bot.matcher_process.in_flight import InFlight, fail
from bot.matcher_process.messages import Loaded, NotLoaded, Request
from bot.matcher_process.opening import Opening
from bot.matcher_process.timing import Timing
from knowledge.base import KnowledgeBase

_PROGRAM = Path(bot.__file__).parents[1]
_BUFFERED = 2**20

logger = logging.getLogger(__name__)


class Child:
    """A running child process: loading at first, then answering one request after the other."""

    def __init__(self, process: Process, timing: Timing) -> None:
        """Takes over a process that was just started; `start` is the way to get one."""
        assert process.stdin  # noqa: S101  # they were asked for
        assert process.stdout  # noqa: S101
        self._process, self._timing = process, timing
        self._requests, self._answers = process.stdin, process.stdout
        self._numbers = count()
        self._in_flight = InFlight(timing.longest_answer, partial(_end_hanging, process))
        self._codec = Codec()
        self._ended = False
        self._loaded: asyncio.Future[KnowledgeBase] = asyncio.get_running_loop().create_future()
        self._receiving = asyncio.create_task(self._receive())

    @classmethod
    async def start(cls, opening: Opening, folder: Path, timing: Timing) -> Self:
        """Starts a process that loads the folder. Raises FindingError when there can be none."""
        paths = filter(None, (str(_PROGRAM), os.environ.get("PYTHONPATH")))
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
        command = opening.command(folder)
        try:
            process = await asyncio.create_subprocess_exec(
                # In a session of its own, Ctrl-C on the terminal does not reach it: whoever started it ends it.
                *command, stdin=PIPE, stdout=PIPE, limit=_BUFFERED, env=environment, start_new_session=True
            )  # fmt: skip
        except OSError as error:
            raise FindingError(f"no process can be started to look questions up: {error}") from None
        return cls(process, timing)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    async def loaded(self) -> KnowledgeBase:
        """The knowledge base, as soon as it is loaded, without its practice questions.

        Raises KnowledgeError when the files are faulty, and FindingError when the process failed otherwise.
        """
        return await asyncio.shield(self._loaded)

    @property
    def knowledge(self) -> KnowledgeBase:
        """The same once it is loaded; raises as `loaded` does, and InvalidStateError before."""
        return self._loaded.result()

    async def ended(self) -> str:
        """Waits until the process has ended; how it did."""
        await asyncio.shield(self._receiving)
        return self._how_it_ended()

    async def ask(self, method: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """What the method returns in the child, once it is loaded.

        Raises FindingError when the method raises, and ChildEndedError when the child ends first.
        """
        if self._ended:
            raise ChildEndedError(self._how_it_ended())
        number = next(self._numbers)
        frame = self._codec.frame(Request(number, method, arguments, named))
        answer = self._in_flight.add(number)
        self._requests.write(frame)
        return await answer

    async def finish(self) -> None:
        """Closes the process when it has answered everything it was asked."""
        await self._in_flight.none()
        await self.close()

    async def close(self) -> None:
        """Ends the process, whatever it is doing, and waits until it has ended."""
        self._requests.close()
        try:
            await asyncio.wait_for(asyncio.shield(self._receiving), self._timing.goodbye)
        except TimeoutError:
            self.kill()
            await asyncio.shield(self._receiving)
        except asyncio.CancelledError:
            self.kill()
            raise

    def kill(self) -> None:
        """Ends the process at once; `ended` tells when it is gone."""
        _kill(self._process)

    async def _receive(self) -> None:
        try:
            await self._take_first_message()
            while True:
                self._in_flight.take(self._codec.message(await read_body(self._answers)))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # it has closed its end
        except Exception:
            logger.exception("What the process that looks questions up has said cannot be read")
        finally:
            self._ended = True
            self.kill()
            await self._process.wait()
            self._requests.close()
            how = self._how_it_ended()
            fail(self._loaded, ChildEndedError(how))
            self._in_flight.end(how)

    async def _take_first_message(self) -> None:
        message, self._codec = await asyncio.to_thread(_open, await read_body(self._answers))
        if isinstance(message, Loaded):
            self._loaded.set_result(message.knowledge)
        else:
            fail(self._loaded, message.error())

    def _how_it_ended(self) -> str:
        code = self._process.returncode
        if code is None or code >= 0:
            return f"exit code {code}"
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"


def _kill(process: Process) -> None:
    # Not by Process.kill: that may take the exit code away from the thread that waits for it.
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def _end_hanging(process: Process) -> None:
    logger.warning("The process that looks questions up hangs; it is ended")
    _kill(process)


def _open(body: bytes) -> tuple[Loaded | NotLoaded, Codec]:
    """The first message, and what reads those that follow: for a thread, as a knowledge base is large."""
    message: Loaded | NotLoaded = Codec().message(body)
    return message, Codec(message.knowledge if isinstance(message, Loaded) else None)
