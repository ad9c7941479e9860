"""The follow-up as the doors use it, and what goes on beside them: questions are put into groups, and citizens told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, tzinfo
from functools import partial

from bot.errors import AssistantError
from bot.follow_up.citizen_desk import CitizenDesk
from bot.follow_up.desk import StaffDesk
from bot.follow_up.drafts.draft_desk import DraftDesk
from bot.follow_up.notification import NoticeDoor, Notification
from bot.follow_up.overview.group_lists import GroupLists
from bot.follow_up.overview.reports import Reports
from bot.follow_up.placement import Placement, Placer
from bot.follow_up.staff_texts import SavedReplies
from bot.follow_up.workspace import Pause, Workspace
from bot.storage.storage import Storage
from knowledge.base import KnowledgeBase

_AFTER_DEFECT = 5.0

logger = logging.getLogger(__name__)


class FollowUp:
    """From an unanswered question to an answer for everyone who asked, and a draft for the knowledge base.

    `knowledge` gives the knowledge base of the moment; `timezone` is the city's; with `needs_approval` an answer waits
    for a second staff member.
    """

    def __init__(
        self,
        storage: Storage,
        knowledge: Callable[[], KnowledgeBase],
        clock: Callable[[], datetime],
        timezone: tzinfo,
        *,
        needs_approval: bool = False,
    ) -> None:
        self.workspace = Workspace(storage, knowledge, clock, timezone, needs_approval)
        self.placement = Placement(self.workspace)
        """Unanswered questions are put into groups."""
        self.desk = StaffDesk(self.workspace)
        """Staff answer a group."""
        self.lists = GroupLists(self.workspace)
        """They choose what to look at."""
        self.citizens = CitizenDesk(self.workspace)
        """Citizens ask to be told, and read what staff said already."""
        self.notification = Notification(self.workspace)
        """They are told."""
        self.drafts = DraftDesk(self.workspace)
        """The answer goes into the knowledge base."""
        self.saved_replies = SavedReplies(self.workspace)
        """Staff keep answers to give them again."""
        self.pause = Pause(self.workspace)
        """Staff stop the assistant from answering."""
        self.reports = Reports(self.workspace)
        """How it all stands."""

    async def place_and_tell(self, placer: Placer, doors: Mapping[str, NoticeDoor]) -> None:
        """Groups questions and tells the citizens of these channels, until it is cancelled.

        Only one process on a database at a time may.
        """
        place = partial(self.placement.place_regularly, placer)
        tell = partial(self.notification.tell_regularly, doors)
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
