"""What goes on beside the doors: questions are put into groups, and citizens told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot.errors import AssistantError
from bot.follow_up.notification import NoticeDoor
from bot.follow_up.placement import Placer
from bot.follow_up.service import FollowUp

_AFTER_DEFECT = 5.0

logger = logging.getLogger(__name__)


async def place_and_tell(follow_up: FollowUp, placer: Placer, doors: Mapping[str, NoticeDoor]) -> None:
    """Groups questions and tells the citizens of these channels, until it is cancelled.

    Only one process on a database at a time may.
    """
    place = partial(follow_up.placement.place_regularly, placer)
    tell = partial(follow_up.notification.tell_regularly, doors)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(regularly(place, _AFTER_DEFECT, "Groups"))
        tasks.create_task(regularly(tell, _AFTER_DEFECT, "Answers"))


async def regularly(
    work: Callable[[], Awaitable[object]], seconds: float, about: str, expected: type[Exception] = AssistantError
) -> None:
    """Does it again and again; whatever goes wrong is tried again, and written into the log when it is new.

    What is `expected`, besides errors of this room, is told in a line; anything else is a defect.
    """
    last = ""
    while True:
        try:
            await work()
            last = ""
        except (AssistantError, expected) as error:
            if str(error) != last:
                logger.warning("%s could not be kept; tried again: %s", about, error)
            last = str(error)
        except Exception:
            if last != "defect":
                logger.exception("%s could not be kept; tried again", about)
            last = "defect"
        await asyncio.sleep(seconds)
