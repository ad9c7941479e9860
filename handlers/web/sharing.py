"""Asks for what costs something once for everybody who wants it at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shared(Generic[Value]):
    """A value that is asked for at most once in `seconds`; whoever comes meanwhile gets the same one.

    What is asked must end soon and raise nothing, as everybody waits for it.
    """

    def __init__(self, ask: Callable[[], Awaitable[Value]], seconds: float = 1.0) -> None:
        self._ask = ask
        self._seconds = seconds
        self._asking = asyncio.Lock()
        self._known: tuple[float, Value] | None = None

    async def get(self) -> Value:
        """The value, not older than `seconds`."""
        async with self._asking:
            clock = asyncio.get_running_loop().time
            if self._known is None or clock() - self._known[0] >= self._seconds:
                value = await self._ask()
                self._known = (clock(), value)
            return self._known[1]
