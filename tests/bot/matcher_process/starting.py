"""Starts and ends finders in child processes for tests, and waits for what happens in them."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.matcher_process.child import Timing
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.supervisor import Listener, MatcherProcess
from tests.bot.matcher_process.small_opening import QUICK, SMALL, pid


@asynccontextmanager
async def running(
    folder: Path,
    opening: Opening = SMALL,
    timing: Timing = QUICK,
    on_fault: Callable[[str], None] = lambda _: None,
    *,
    listener: Listener | None = None,
    ready: bool = True,
) -> AsyncIterator[MatcherProcess]:
    """A finder that is closed in the end, whatever happens; a `listener` hears more than the faults."""
    finder = MatcherProcess(folder, opening, listener or Listener(on_fault=on_fault), timing)
    await finder.start()
    try:
        if ready:
            await finder.ready()
        yield finder
    finally:
        await finder.close()


async def kill(finder: MatcherProcess) -> int:
    """Kills the child that answers now; its number."""
    number = await finder.ask(pid)
    os.kill(number, signal.SIGKILL)
    return number


async def until(condition: Callable[[], bool], within: float = 60.0) -> None:
    """Waits until it is so; fails when it is not within so many seconds."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110  # processes and files set no event
            await asyncio.sleep(0.01)


def is_alive(number: int) -> bool:
    """Whether there is such a process that has not ended."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_gone(number: int, within: float = 60.0) -> bool:
    """Whether the process ends within so many seconds."""
    end = time.monotonic() + within
    while is_alive(number) and time.monotonic() < end:
        time.sleep(0.01)
    return not is_alive(number)


def with_times(**changed: Any) -> Timing:
    """The quick times of these tests with some of them changed."""
    return replace(QUICK, **changed)
