"""Ends the program in good order when it is told to stop."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any


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
            loop.add_signal_handler(number, task.cancel)
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
