"""The place of the child that answers now; between two of them, those who ask wait."""

import asyncio

from bot.errors import FindingError
from bot.matcher_process.child import Child


class ServingPlace:
    """Holds one child at most."""

    def __init__(self) -> None:
        self.child: Child | None = None
        self._lost: Child | None = None
        self._shut: str | None = None
        self._taken, self._left = asyncio.Event(), asyncio.Event()

    def put(self, child: Child) -> Child | None:
        """From now on this child answers; the one that did until now, if any, is given back."""
        before, self.child, self._lost = self.child, child, None
        self._taken.set()
        self._left.clear()
        return before

    def lose(self, child: Child) -> None:
        """That child has ended; nothing changes when another one answers already."""
        if self.child is child:
            self.child, self._lost = None, child
            self._taken.clear()
            self._left.set()

    def shut(self, reason: str) -> None:
        """Nobody will answer any more, and that is why."""
        self.child, self._shut = None, reason
        self._taken.set()

    async def taken(self) -> Child:
        """The child that answers, as soon as there is one. Raises FindingError when there will be none."""
        while self.child is None:
            if self._shut:
                raise FindingError(self._shut)
            await self._taken.wait()
        return self.child

    async def left(self) -> Child:
        """Waits until the child that answered has ended and no other has come; the one that ended."""
        await self._left.wait()
        assert self._lost  # noqa: S101  # it is what set the event
        return self._lost
