"""What every part of the follow-up works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.storage.storage import FollowUpStore, Storage
from knowledge.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Workspace:
    """The database, the knowledge base of the moment, and the time in the city.

    With `needs_approval` an answer waits for a second staff member.
    """

    storage: Storage
    knowledge: Callable[[], KnowledgeBase]
    clock: Callable[[], datetime]
    timezone: tzinfo
    needs_approval: bool = False

    @property
    def store(self) -> FollowUpStore:
        """What is kept of the follow-up."""
        return self.storage.follow_up

    def today(self) -> date:
        """The day in the city."""
        return self.clock().astimezone(self.timezone).date()
