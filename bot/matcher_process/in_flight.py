"""The requests that a child has got and not answered yet."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.errors import ChildEndedError, FindingError
from bot.matcher_process.messages import Answered, Failed


class InFlight:
    """Requests in the order they were sent, which is the order in which the child works.

    `hangs` is called when the child is at one of them for longer than `longest` seconds.
    """

    def __init__(self, longest: float, hangs: Callable[[], None]) -> None:
        self._longest, self._hangs = longest, hangs
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._none = asyncio.Event()
        self._none.set()

    def add(self, number: int) -> "asyncio.Future[Any]":
        """The answer to come to a new request. Who stops waiting for it cancels it."""
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        if len(self._waiting) == 1:
            self._begin_first()
        return answer

    def take(self, message: Answered | Failed) -> None:
        """Hands an answer to who waits for it, if anybody still does."""
        answer = self._waiting.pop(message.number)
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
        self._begin_first()
        for place, answer in enumerate(waiting.values()):
            fail(answer, ChildEndedError(how, working_on_it=place == 0))

    async def none(self) -> None:
        """Waits until the child has answered everything, cancelled requests too."""
        await self._none.wait()

    def _begin_first(self) -> None:
        """From now on the child works on the first request, or on none."""
        if self._alarm:
            self._alarm.cancel()
        if self._waiting:
            self._alarm = asyncio.get_running_loop().call_later(self._longest, self._hangs)
            self._none.clear()
        else:
            self._alarm = None
            self._none.set()


def fail(future: "asyncio.Future[Any]", error: Exception) -> None:
    """Ends a future that may have ended already, and that nobody may be waiting for."""
    if not future.done():
        future.set_exception(error)
        future.exception()
