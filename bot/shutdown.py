"""Ends the program in good order when it is told to stop."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

_IGNORED = ("SIGHUP", "SIGUSR1", "SIGUSR2")
"""They would end the program. Nothing has to be loaded anew: changed knowledge files are followed by themselves."""

logger = logging.getLogger(__name__)


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
