"""The event loop, which nothing may hold up or end but whoever stops the program.

A defect in one of the tasks that last as long as the program does ends neither it nor the others; long texts are read
aside; and the program ends in good order when it is told to stop.
"""

import asyncio
import logging
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

logger = logging.getLogger(__name__)

_Found = TypeVar("_Found")

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_CALM = 60.0
"""After so many seconds without a defect, the next one is the first again."""


class LastingTasks:
    """Runs tasks, and begins those anew that ended over a defect. `lets_through` are errors that end the program."""

    def __init__(self, *lets_through: type[Exception], first_pause: float = _FIRST_PAUSE) -> None:
        self.restarts: Counter[str] = Counter()
        """How often each task was begun anew, by its name."""
        self._lets_through = lets_through
        self._first_pause = first_pause

    async def run(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Does the work until it returns or is cancelled. Raises what is let through."""
        time = asyncio.get_running_loop().time
        pause = self._first_pause
        while True:
            begun = time()
            try:
                await work()
            except self._lets_through:
                raise
            except Exception:
                self.restarts[name] += 1
                pause = self._first_pause if time() - begun > _CALM else pause
                logger.exception("The %s met a defect and is begun anew in %g s", name, pause)
                await asyncio.sleep(pause)
                pause = min(_LONGEST_PAUSE, pause * 2)
            else:
                return


_SHORT = 150
"""Characters; what is done with so few takes a few milliseconds at most."""
_worker = ThreadPoolExecutor(1, thread_name_prefix="long-texts")
"""One thread: several would keep the event loop waiting for its turn many times as long."""


async def aside(work: Callable[[str], _Found], text: str) -> _Found:
    """What the work makes of the text: at once of a short one, in a thread of a long one, so that a flood of them holds
    nobody up.
    """
    if len(text) <= _SHORT:
        return work(text)
    return await asyncio.get_running_loop().run_in_executor(_worker, work, text)


_IGNORED = ("SIGHUP", "SIGUSR1", "SIGUSR2")
"""They would end the program. Nothing has to be loaded anew: changed knowledge files are followed by themselves."""


def stop_at_once_when_told() -> None:
    """Ends the program on SIGTERM with exit code 0, as long as there is nothing to finish; ignores other signals."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for name in _IGNORED:
        if hasattr(signal, name):  # Windows has none of them
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def run_until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Runs the work in a loop of its own, the fastest there is, until it ends or is told to stop."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(until_told_to_stop(work))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # Windows
        return None
    return uvloop.new_event_loop


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Does the work until it ends, or until SIGTERM or SIGINT, which cancel it. Raises what the work raises."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, _stop, task, signal.Signals(number).name)
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


def _stop(task: "asyncio.Future[None]", signal_name: str) -> None:
    logger.info("Stopping, as %s asks for it", signal_name)
    task.cancel()
