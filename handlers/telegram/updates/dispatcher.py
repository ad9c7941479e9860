"""Has stored updates handled: many chats at once, in order inside each."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from bot.delivery import Inbox, WaitingUpdate
from bot.errors import StorageError
from handlers.telegram.updates.transaction import Handling
from handlers.telegram.updates.turns import Turn

CHATS_AT_ONCE = 16
"""More makes nothing faster: 256 at once were measured to be slower."""
_LOOKED_AHEAD = 64
_LOOKING_AGAIN = 0.25
"""Seconds between looks for updates that another instance has stored, or left behind."""
_LONGEST_PAUSE = 5.0

logger = logging.getLogger(__name__)


class Working:
    """Takes updates from the inbox, each chat's oldest first, until it is cancelled.

    `after` is told of each turn that was kept.
    """

    def __init__(self, inbox: Inbox, handling: Handling, after: Callable[[Turn], Awaitable[None]]) -> None:
        self._inbox = inbox
        self._handling = handling
        self._after = after
        self._news = asyncio.Event()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ahead: deque[WaitingUpdate] = deque()
        self._pause = 0.0

    def wake(self) -> None:
        """There may be new updates."""
        self._news.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is being handled now."""
        return not self._tasks and not self._ahead

    async def run(self) -> None:
        """Handles updates until it is cancelled; what is being handled then is left to `finish`."""
        while True:
            self._news.clear()
            try:
                await self._look()
            except StorageError as error:
                await self._rest(error)
                continue
            self._start()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOKING_AGAIN):
                    await self._news.wait()

    async def finish(self) -> None:
        """Waits for what is being handled. What waits behind it stays in the inbox for the next start."""
        self._ahead.clear()
        if self._tasks:
            await asyncio.wait(self._tasks.values())

    async def _look(self) -> None:
        if len(self._ahead) + len(self._tasks) < CHATS_AT_ONCE:
            chats = {*self._tasks, *(waiting.chat for waiting in self._ahead)}
            self._ahead.extend(await self._inbox.heads(_LOOKED_AHEAD, chats))

    def _start(self) -> None:
        while self._ahead and len(self._tasks) < CHATS_AT_ONCE:
            waiting = self._ahead.popleft()
            task = asyncio.create_task(self._handle(waiting))
            self._tasks[waiting.chat] = task
            task.add_done_callback(partial(self._ended, waiting.chat))

    def _ended(self, chat: int, _: object) -> None:
        del self._tasks[chat]
        self._start()
        if not self._ahead:
            self._news.set()

    async def _handle(self, waiting: WaitingUpdate) -> None:
        try:
            turn = await self._handling.handle(waiting)
            self._pause = 0.0
        except StorageError as error:
            await self._rest(error)
            return
        if turn:
            await self._after(turn)
        else:
            await asyncio.sleep(_LOOKING_AGAIN)  # its chat is at work elsewhere, or is tried again

    async def _rest(self, error: StorageError) -> None:
        """Waits for the database, longer each time."""
        self._pause = min(_LONGEST_PAUSE, self._pause * 2 or _LOOKING_AGAIN)
        logger.error("Updates wait for the database: %s", error)
        await asyncio.sleep(self._pause)
