"""All that goes on beside the handlers, for the follow-up and its staff group."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from telegram.error import TelegramError

from bot.delivery import Outbox
from bot.errors import AssistantError
from bot.follow_up.notification import NoticeDoor
from bot.follow_up.placement import Placer
from bot.follow_up.service import FollowUp
from bot.storage.outbox import OnEnd
from bot.storage.storage import Storage
from handlers.telegram.citizens.outgoing import TelegramNotices
from handlers.telegram.staff.commands import introduce_to_staff
from handlers.telegram.staff.listening import Listening
from handlers.telegram.staff.refreshing import Refreshing
from handlers.telegram.staff.reminding import Reminding
from handlers.telegram.staff.room import StaffRoom

_SECONDS_BETWEEN = 1.0
_REMINDING_SECONDS = 30.0
_FOLLOWING_SECONDS = 10.0
_AFTER_DEFECT = 5.0

logger = logging.getLogger(__name__)


class FollowUpWork:
    """Groups questions, tells citizens, and keeps the staff group where there is one."""

    def __init__(self, follow_up: FollowUp, room: StaffRoom | None, channel: str = "telegram") -> None:
        self._follow_up = follow_up
        self._room = room
        self._channel = channel
        self._listening = Listening(room) if room else None

    @property
    def on_end(self) -> Mapping[str, OnEnd]:
        """What the outbox of the channel must be opened with."""
        return {**self._follow_up.notification.listeners, **(self._listening.listeners if self._listening else {})}

    async def run_everywhere(self, storage: Storage, outbox: Outbox, placer: Placer) -> None:
        """Run in every process until it is cancelled: one of them at a time does the work."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(storage.lead("follow-up", partial(self.run, outbox, placer)))
            if self._room:
                tasks.create_task(_regularly(self._room.follow_move, _FOLLOWING_SECONDS, "Where the staff group is"))

    async def run(self, outbox: Outbox, placer: Placer) -> None:
        """Does the work until it is cancelled; only one process on a database at a time may."""
        doors = {self._channel: NoticeDoor(TelegramNotices(), outbox)}
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(
                _regularly(partial(self._follow_up.placement.place_regularly, placer), _AFTER_DEFECT, "Groups")
            )
            tasks.create_task(
                _regularly(partial(self._follow_up.notification.tell_regularly, doors), _AFTER_DEFECT, "Answers")
            )
            if self._room:
                tasks.create_task(introduce_to_staff(self._room))
                refresh, remind = self.refreshing(outbox).refresh, Reminding(self._room, outbox).remind
                tasks.create_task(_regularly(refresh, _SECONDS_BETWEEN, "The staff's cards"))
                tasks.create_task(_regularly(remind, _REMINDING_SECONDS, "The staff's reminders"))

    def refreshing(self, outbox: Outbox) -> Refreshing:
        """What keeps the cards; raises ValueError where there is no staff group."""
        if self._room is None or self._listening is None:
            raise ValueError("there is no staff group")
        return Refreshing(self._room, outbox, self._listening)


async def _regularly(work: Callable[[], Awaitable[object]], seconds: float, about: str) -> None:
    """Does it again and again; whatever goes wrong is tried again, and written into the log when it is new."""
    last = ""
    while True:
        try:
            await work()
            last = ""
        except (AssistantError, TelegramError) as error:
            if str(error) != last:
                logger.warning("%s could not be kept; tried again: %s", about, error)
            last = str(error)
        except Exception:
            if last != "defect":
                logger.exception("%s could not be kept; tried again", about)
            last = "defect"
        await asyncio.sleep(seconds)
