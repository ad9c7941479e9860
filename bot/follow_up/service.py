"""The follow-up as the doors use it."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from bot.follow_up.desk import StaffDesk
from bot.follow_up.drafts.draft_desk import DraftDesk
from bot.follow_up.notification import Notification
from bot.follow_up.overview.group_lists import GroupLists
from bot.follow_up.overview.reports import Reports
from bot.follow_up.pause import Pause
from bot.follow_up.placement import Placement
from bot.follow_up.sheet_desk import SheetDesk
from bot.follow_up.staff_texts import SavedReplies
from bot.follow_up.subscriptions import StaffReplies, Subscriptions
from bot.follow_up.workspace import Workspace
from bot.storage.storage import Storage
from knowledge.base import KnowledgeBase


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
        self.subscriptions = Subscriptions(self.workspace)
        """Citizens ask to be told."""
        self.notification = Notification(self.workspace)
        """They are told."""
        self.drafts = DraftDesk(self.workspace)
        """The answer goes into the knowledge base."""
        self.sheets = SheetDesk(self.workspace)
        """So does what a workbook changes."""
        self.replies = StaffReplies(self.workspace)
        """Who asks in the same words reads at once what staff said."""
        self.saved_replies = SavedReplies(self.workspace)
        """Staff keep answers to give them again."""
        self.pause = Pause(self.workspace)
        """Staff stop the assistant from answering."""
        self.reports = Reports(self.workspace)
        """How it all stands."""
