"""What staff are reminded of: groups past their due date, and a digest a day."""

from dataclasses import dataclass
from datetime import datetime

from bot.follow_up.changing import Changing
from bot.records.groups import UNFINISHED, Group

_MOST_ASKED = 5
_MOST_OVERDUE = 20


@dataclass(frozen=True, slots=True)
class Digest:
    """How the work stands at a moment. `failed` is how many citizens could not be told in the last week."""

    at: datetime
    open: int
    taken: int
    drafted: int
    overdue: int
    most_overdue: tuple[Group, ...]
    """Overdue groups, the longest waiting first."""
    most_asked: tuple[Group, ...]
    """Unfinished groups, those of the most questions first."""
    new_drafts: int
    failed: int


class Reminding(Changing):
    """Says what is overdue. Whoever tells staff claims it first, so that it is told once."""

    async def overdue(self, limit: int = _MOST_OVERDUE) -> list[Group]:
        """Unfinished groups past their due date that staff were not reminded of, the longest waiting first."""
        return await self.store.reminders.overdue(self.clock(), limit, reminded=False)

    async def remind(self, group: int) -> bool:
        """Whether staff are to be reminded of the group now; from then on they are taken to be."""
        return await self.store.reminders.claim(group, self.clock())

    async def claim_digest(self, channel: str) -> bool:
        """Whether today's digest is still to be sent to the staff of that channel; from then on it counts as sent."""
        return await self.store.cards.claim_digest(channel, self.today(), self.clock())

    async def digest(self) -> Digest:
        """How the work stands now."""
        now = self.clock()
        counts = await self.store.reminders.counts(now)
        most_overdue = await self.store.reminders.overdue(now, _MOST_ASKED, reminded=None)
        most_asked = await self.store.groups.most_asked(UNFINISHED, None, _MOST_ASKED)
        return Digest(now, **counts, most_overdue=tuple(most_overdue), most_asked=tuple(most_asked))
