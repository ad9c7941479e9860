"""Has stored updates handled: many chats at once, in order inside each."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial

from bot.delivery import LEASE, Inbox, WaitingUpdate
from bot.errors import DoubtfulCommitError, LeaseLostError, StorageError
from handlers.telegram.updates.transaction import UpdateTransaction

CHATS_AT_ONCE = 16
"""More makes nothing faster: 256 at once were measured to be slower."""
_MOST_ASIDE = 1000
"""So many may wait beside them for what they need, such as the process that looks questions up.

None where others share the inbox: they can handle what this instance would only keep from them.
"""
_CLAIMED_AT_ONCE = 32
_MOST_OF_ITS_OWN = 2 * CHATS_AT_ONCE
"""With so many at work and ahead, an instance leaves what is new to others at once."""
_LOOKING_AGAIN = 0.25
"""Seconds between looks for updates that another instance has stored, or left behind."""
_RENEWING = LEASE.total_seconds() / 4
"""Seconds; a database that is away for a moment costs no lease."""
_LEFT_TO_OTHERS = timedelta(seconds=1)
"""For so long an instance that cannot look anything up leaves an update to others, before it sees what it can do."""
_REMEMBERED = 1000
_LONGEST_PAUSE = 5.0
_AFTER_A_DEFECT = 5.0

logger = logging.getLogger(__name__)


class Dispatcher:
    """Claims updates from the inbox, each chat's oldest first, and has them handled until it is cancelled.

    `news` is set when there may be new ones.
    """

    def __init__(
        self,
        inbox: Inbox,
        transaction: UpdateTransaction,
        clock: Callable[[], datetime],
        news: asyncio.Event,
    ) -> None:
        self._inbox = inbox
        self._transaction = transaction
        self._clock = clock
        self._news = news
        self._tasks: dict[int, asyncio.Task[None]] = {}
        """By the chat whose update it handles."""
        self._numbers: dict[int, int] = {}
        """Of the update that is handled for a chat."""
        self._aside: set[int] = set()
        """The chats whose updates merely wait, so that those of others are handled meanwhile."""
        self._most_aside = 0 if inbox.is_shared else _MOST_ASIDE
        self._ahead: deque[WaitingUpdate] = deque()
        self._handed_over: OrderedDict[int, int] = OrderedDict()
        """By chat the update that was handed over last. It is not again: a question may be what ends each finder."""
        self._left: set[int] = set()
        """The chats whose updates wait here no more, until anything can be looked up again."""
        self._pause = 0.0
        self._is_running = False

    @property
    def idle(self) -> bool:
        """Whether nothing is being handled now."""
        return not self._tasks and not self._ahead

    def takes_more(self) -> bool:
        """Whether it soon comes to what is new; otherwise others are to have it."""
        is_held_up = self._inbox.is_shared and self._transaction.is_held_up
        return self._is_running and not is_held_up and len(self._tasks) + len(self._ahead) < _MOST_OF_ITS_OWN

    async def run(self) -> None:
        """Handles updates until it is cancelled; what is being handled then is left to `finish`."""
        self._is_running = True
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._renew())
                tasks.create_task(self._run())
        finally:
            self._is_running = False

    async def finish(self, seconds: float) -> None:
        """Hands back what it has not begun, and after so many seconds what is not finished, for others to claim."""
        self._ahead.clear()
        with suppress(StorageError):
            await self._inbox.release(but=self._numbers.values())
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)
        with suppress(StorageError):
            await self._inbox.release()

    async def _run(self) -> None:
        while True:
            self._news.clear()
            try:
                await self._look()
            except StorageError as error:
                self._start()
                await self._rest(error)
                continue
            self._start()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOKING_AGAIN):
                    await self._news.wait()

    async def _look(self) -> None:
        if self._inbox.is_shared and self._transaction.is_held_up:
            await self._look_while_held_up()
            return
        self._left.clear()
        if self._has_place(len(self._ahead)):
            chats = {*self._tasks, *(waiting.chat for waiting in self._ahead)}
            self._ahead.extend(await self._inbox.claim(_CLAIMED_AT_ONCE, self._clock(), chats))

    async def _look_while_held_up(self) -> None:
        """Claims only what nobody else has claimed, since commands and the like can be handled all the same."""
        await self._hand_over()
        places, now = CHATS_AT_ONCE - len(self._tasks), self._clock()
        if places > 0:
            chats = {*self._tasks, *self._left}
            self._ahead.extend(await self._inbox.claim(places, now, chats, received_by=now - _LEFT_TO_OTHERS))

    async def _hand_over(self) -> None:
        """Hands back what has to be looked up, each update once, for instances that can do that.

        Raises StorageError when the others cannot be told; then it is answered here, as soon as that can be.
        """
        waiting = {chat: self._numbers[chat] for chat in self._aside}
        new = {chat: number for chat, number in waiting.items() if self._handed_over.get(chat) != number}
        if not new and not self._ahead:
            return
        ahead, self._ahead = self._ahead, deque()
        try:
            await self._inbox.release(but=[number for number in self._numbers.values() if number not in new.values()])
        except StorageError:
            self._ahead = ahead
            raise
        for chat, number in new.items():
            self._handed_over[chat] = number
            self._handed_over.move_to_end(chat)
        while len(self._handed_over) > _REMEMBERED:
            self._handed_over.popitem(last=False)
        self._left |= new.keys()
        await self._cancelled([self._tasks[chat] for chat, number in new.items() if self._numbers.get(chat) == number])

    @staticmethod
    async def _cancelled(tasks: Sequence["asyncio.Task[None]"]) -> None:
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(_RENEWING)
            claimed = [*self._numbers.values(), *(waiting.number for waiting in self._ahead)]
            with suppress(StorageError):  # whoever finishes an update sees whether its lease still is
                await self._inbox.renew(claimed, self._clock())

    def _has_place(self, ahead: int = 0) -> bool:
        """Whether another update can be begun, besides so many that are ahead."""
        aside = min(len(self._aside), self._most_aside)
        return len(self._tasks) - aside + ahead < CHATS_AT_ONCE

    @contextmanager
    def _waiting(self, chat: int) -> Iterator[None]:
        """Gives the place of the chat's update to another one for the time of the context."""
        self._aside.add(chat)
        self._start()
        self._news.set()
        try:
            yield
        finally:
            self._aside.discard(chat)

    def _start(self) -> None:
        while self._ahead and self._has_place():
            waiting = self._ahead.popleft()
            task = asyncio.create_task(self._handle(waiting))
            self._tasks[waiting.chat] = task
            self._numbers[waiting.chat] = waiting.number
            task.add_done_callback(partial(self._ended, waiting.chat))

    def _ended(self, chat: int, _: object) -> None:
        del self._tasks[chat], self._numbers[chat]
        self._start()
        if not self._ahead:
            self._news.set()

    async def _handle(self, waiting: WaitingUpdate) -> None:
        try:
            is_handled = await self._transaction.handle(waiting, partial(self._waiting, waiting.chat))
            self._pause = 0.0
        except LeaseLostError as error:
            logger.info("Left to another process: %s", error)
            return
        except StorageError as error:
            await self._transaction.serve_meanwhile(waiting, is_undone=not isinstance(error, DoubtfulCommitError))
            await self._rest(error)
            return
        except Exception:  # a defect must neither stop the others nor be met again at once
            logger.exception("Update %s could not be ended", waiting.number)
            await asyncio.sleep(_AFTER_A_DEFECT)
            return
        if not is_handled:
            await asyncio.sleep(_LOOKING_AGAIN)  # it is tried again

    async def _rest(self, error: StorageError) -> None:
        """Waits for the database, longer each time."""
        self._pause = min(_LONGEST_PAUSE, self._pause * 2 or _LOOKING_AGAIN)
        logger.error("Updates wait for the database: %s", error)
        await asyncio.sleep(self._pause)
