"""Reads lines that a person types, without stopping everything else meanwhile."""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable
from threading import Thread


def line_reader(prompt: str) -> Callable[[], Awaitable[str | None]]:
    """A function that reads the next line; None when there are no more, or when Ctrl-C was pressed at the prompt."""
    read_line = _line_source(prompt)

    async def read() -> str | None:
        loop = asyncio.get_running_loop()
        line: asyncio.Future[str | None] = loop.create_future()
        # A thread of its own: the shared pool would wait at the end of the program for a line that nobody types.
        Thread(target=_read_into, args=(line, loop, read_line), daemon=True).start()
        try:
            return await line
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task:
                task.uncancel()
            sys.stdout.write("\n")
            return None

    return read


def _line_source(prompt: str) -> Callable[[], str | None]:
    """How to read one line, from a terminal or from what is piped in."""
    try:
        number = None if sys.stdin.isatty() else sys.stdin.fileno()
    except (io.UnsupportedOperation, ValueError):  # a stand-in, or closed
        number = None
    if number is None:
        return lambda: input(prompt)
    # Not sys.stdin: Python aborts at its end when a thread still holds that one's lock.
    piped = open(number, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - as long as stdin

    def read_line() -> str | None:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        return piped.readline() or None

    return read_line


def _read_into(
    line: asyncio.Future[str | None], loop: asyncio.AbstractEventLoop, read_line: Callable[[], str | None]
) -> None:
    try:
        typed = read_line()
    except (EOFError, OSError, ValueError):  # the end, or a closed input
        typed = None
    if not loop.is_closed():
        loop.call_soon_threadsafe(_give, line, typed)


def _give(line: asyncio.Future[str | None], typed: str | None) -> None:
    if not line.done():
        line.set_result(typed)
