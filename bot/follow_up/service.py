"""The follow-up as the doors use it."""

from collections.abc import Collection

from bot.follow_up.acts import StaffActs
from bot.follow_up.citizens import Citizens
from bot.follow_up.draft_work import DraftWork
from bot.follow_up.placing import Placing
from bot.follow_up.regrouping import Regrouping
from bot.follow_up.reminding import Reminding
from bot.follow_up.statistics import Reporting
from bot.follow_up.telling import Telling
from bot.questions import RecordedQuestion
from bot.records.askers import Asker, AskerState
from bot.records.groups import AuditRecord, Group, GroupState, Note


class FollowUp(StaffActs, Regrouping, Citizens, Placing, Telling, Reminding, Reporting, DraftWork):
    """From an unanswered question to an answer for everyone who asked, and a draft for the knowledge base.

    Every act is one transaction, and a part of the unit that it is called in.
    """

    async def groups(self, states: Collection[GroupState], limit: int | None = None) -> list[Group]:
        """Groups in one of the states, the newest first."""
        return await self.store.groups.listed(states, limit)

    async def group(self, number: int) -> Group:
        """The group of that number; raises UnknownGroupError."""
        return await self.store.groups.get(number)

    async def group_of(self, question: int) -> int:
        """The number of the question's group, which is made where an open question has none.

        Raises UnknownQuestionError, and NotFollowedUpError for a question that staff need not look at.
        """
        recorded = await self.storage.questions.get(question)
        return recorded.group or await self.place_alone(recorded)

    async def questions(self, group: int) -> list[RecordedQuestion]:
        """The questions of the group that are still kept, in the order they were asked."""
        return await self.store.members.of_group(group)

    async def askers(self, group: int) -> dict[AskerState, int]:
        """How many citizens of the group who want to be told stand how."""
        return await self.store.askers.counts(group)

    async def not_reached(self, group: int) -> list[Asker]:
        """The citizens of the group whom the answer could not be delivered to, with the reason."""
        return await self.store.askers.of_group(group, [AskerState.FAILED])

    async def notes(self, group: int) -> list[Note]:
        """What citizens of the group wrote when they were asked back."""
        return await self.store.asking_back.notes(group)

    async def audit(self, limit: int | None = None, group: int | None = None) -> list[AuditRecord]:
        """The acts, of one group where it is named, the newest first."""
        return await self.store.audit.listed(limit, group)
