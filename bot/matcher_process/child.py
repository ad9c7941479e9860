"""One child process with one loaded knowledge base, as long as it lives, and how long things in that life may take."""

import asyncio
import logging
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Self

from bot.errors import ChildEndedError, FindingError
from bot.logs import of_this_process
from bot.matcher_process.async_finder import answers, find_for_another_process
from bot.matcher_process.fork_server import ForkedProgram, Programs
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.protocol import Answered, Begin, Codec, Failed, Loaded, NotLoaded, Request, read_body
from knowledge.base import KnowledgeBase

_QUICK = (find_for_another_process, answers)
_BUFFERED = 2**20

logger = logging.getLogger(__name__)


_CALM = 60.0
"""After so many seconds without a crash, the next one is the first again."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds, all of them.

    `patience`: how long a question waits for its answer, restarts and all. `longest_answer`: a child that works on one
    question for longer hangs, and is ended; `longest_work` is the same for what staff have tried out. `held_up`: after
    so long at one of them a child counts as away, for whoever can have others answered elsewhere. `behind`: how long a
    question over which a child ended stands back, so that the others are answered first. `pauses` come before
    the children that replace those that ended, as long as that goes on; the last one stays. `goodbye`: how long a child
    may take to end by itself. The folder is looked at when it changes, and every `look`; its files are loaded when they
    have not changed for `settled`.
    """

    patience: float = 60.0
    longest_answer: float = 5.0
    longest_work: float = 20.0
    held_up: float = 1.0
    behind: float = 1.0
    pauses: tuple[float, ...] = (0.0, 1.0, 2.0, 5.0, 10.0)
    goodbye: float = 0.5
    look: float = 1.0
    settled: float = 0.2


class Pauses:
    """The pauses before starting something anew that keeps failing."""

    def __init__(self, pauses: tuple[float, ...]) -> None:
        self._pauses = pauses
        self._failures = 0
        self._again_at = -_CALM
        """When it was started anew last."""

    def next(self) -> float:
        """How many seconds to wait after a failure that has just happened."""
        now = time.monotonic()
        self._failures = self._failures + 1 if now - self._again_at < _CALM else 0
        pause = self._pauses[min(self._failures, len(self._pauses) - 1)]
        self._again_at = now + pause
        return pause


class InFlight:
    """Requests in the order they were sent, which is the order in which the child works.

    `hangs` is called when the child is at one of them for longer than it may take.
    """

    def __init__(self, hangs: Callable[[], None]) -> None:
        self._hangs = hangs
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._longest: dict[int, float] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._begun = 0.0
        self._none = asyncio.Event()
        self._none.set()

    def add(self, number: int, longest: float) -> "asyncio.Future[Any]":
        """The answer to come to a new request, which may take so many seconds. Who stops waiting for it cancels it."""
        self._longest[number] = longest
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        if len(self._waiting) == 1:
            self._begin_first()
        return answer

    def take(self, message: Answered | Failed) -> None:
        """Hands an answer to who waits for it, if anybody still does."""
        answer = self._waiting.pop(message.number)
        del self._longest[message.number]
        self._begin_first()
        if answer.done():
            return
        if isinstance(message, Answered):
            answer.set_result(message.answer)
        else:
            fail(answer, FindingError(f"a question could not be looked up: {message.problem}"))

    def end(self, how: str) -> None:
        """No answer will come any more: the child has ended, in the middle of the first request if there is one."""
        waiting, self._waiting = self._waiting, {}
        self._longest.clear()
        self._begin_first()
        for place, answer in enumerate(waiting.values()):
            fail(answer, ChildEndedError(how, working_on_it=place == 0))

    @property
    def seconds_at_first(self) -> float:
        """For how long the child has been at the first request; 0 where there is none."""
        return asyncio.get_running_loop().time() - self._begun if self._waiting else 0.0

    async def none(self) -> None:
        """Waits until the child has answered everything, cancelled requests too."""
        await self._none.wait()

    def _begin_first(self) -> None:
        """From now on the child works on the first request, or on none."""
        if self._alarm:
            self._alarm.cancel()
        if self._waiting:
            loop, longest = asyncio.get_running_loop(), self._longest[next(iter(self._waiting))]
            self._begun = loop.time()
            self._alarm = loop.call_later(longest, self._hangs)
            self._none.clear()
        else:
            self._alarm = None
            self._none.set()


def fail(future: "asyncio.Future[Any]", error: Exception) -> None:
    """Ends a future that may have ended already, and that nobody may be waiting for."""
    if not future.done():
        future.set_exception(error)
        future.exception()


class Child:
    """A running child process: loading at first, then answering one request after the other."""

    def __init__(
        self, process: ForkedProgram, requests: asyncio.WriteTransport, answers: asyncio.StreamReader, timing: Timing
    ) -> None:
        """Takes over a process that was just started; `start` is the way to get one."""
        self._process, self._requests, self._answers, self._timing = process, requests, answers, timing
        self._numbers = count()
        self._in_flight = InFlight(partial(_end_hanging, process))
        self._codec = Codec()
        self._ended = False
        self._loaded: asyncio.Future[KnowledgeBase] = asyncio.get_running_loop().create_future()
        self._receiving = asyncio.create_task(self._receive())

    @classmethod
    async def start(cls, programs: Programs, opening: Opening, folder: Path, timing: Timing) -> Self:
        """Has a process load the folder. Raises FindingError when there can be none."""
        process = await programs.forked()
        loop, answers = asyncio.get_running_loop(), asyncio.StreamReader(_BUFFERED)
        requests, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, process.stdin)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(answers), process.stdout)
        requests.write(Codec().frame(Begin(opening, folder, of_this_process())))
        return cls(process, requests, answers, timing)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_held_up(self) -> bool:
        """Whether it has been at one thing for so long that others should not wait for it."""
        return self._in_flight.seconds_at_first > self._timing.held_up

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
        longest = self._timing.longest_answer if method in _QUICK else self._timing.longest_work
        answer = self._in_flight.add(number, longest)
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
        self._process.kill()

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
            await asyncio.to_thread(self._process.wait)
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
        if code is None:
            return "how, nobody saw"
        if code >= 0:
            return f"exit code {code}"
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"


def _end_hanging(process: ForkedProgram) -> None:
    logger.warning("The process that looks questions up hangs; it is ended")
    process.kill()


def _open(body: bytes) -> tuple[Loaded | NotLoaded, Codec]:
    """The first message, and what reads those that follow: for a thread, as a knowledge base is large."""
    message: Loaded | NotLoaded = Codec().message(body)
    return message, Codec(message.knowledge if isinstance(message, Loaded) else None)
