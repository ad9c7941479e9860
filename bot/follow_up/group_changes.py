"""What follows from a change of a group, in the transaction of the act: its questions, draft, counts and audit."""

from datetime import datetime
from typing import Any

from bot.follow_up.draft_proposals import propose, topic_of
from bot.follow_up.workspace import Workspace
from bot.records.drafts import DraftState
from bot.records.groups import Act, Deed, Group, GroupState, LastAct, Standing
from bot.records.tallies import Counted, Tally
from bot.storage.follow_up.groups import standing_data


class GroupChanges:
    """Keeps what acts make of groups. Every method is called inside a unit in which the group is locked."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    async def keep(self, group: Group, standing: Standing, last: LastAct | None, act: Act, deed: Deed) -> Group:
        """Keeps the group's new standing, and all that follows from it; the group as it is then."""
        questions = await self._store.groups.change(group, standing, last, deed.at)
        changed = await self._store.groups.get(group.number)
        await self.audit(group, standing, act, deed)
        await self._count_answered(changed, group.state, questions)
        await self._draft(group, changed, deed.at)
        return changed

    async def audit(self, group: Group, after: Standing, act: Act, deed: Deed, **more: Any) -> None:
        """Records who did what with the group."""
        before = standing_data(group.standing)
        changed = {**standing_data(after), **more}
        await self._store.audit.add(deed.at, deed.by, act, group=group.number, before=before, after=changed)

    async def came_in(self, group: Group, count: int, now: datetime) -> None:
        """Questions that came into an answered group are answered, and its draft has them as ways to ask.

        A negative count says that they left it.
        """
        if group.state is GroupState.ANSWERED:
            await self._tally(group, count)
            await self._redraft(group, now)

    async def joined(self, group: Group) -> None:
        """A question in the group's own words came by itself; nobody has looked at it, so its draft stays as it is."""
        if group.state is GroupState.ANSWERED:
            await self._tally(group, 1)

    async def _count_answered(self, group: Group, before: GroupState, questions: int) -> None:
        """Counts questions that are answered by staff now, or are not any more."""
        is_answered, was_answered = group.state is GroupState.ANSWERED, before is GroupState.ANSWERED
        difference = questions * (is_answered - was_answered)
        if difference:
            await self._tally(group, difference)

    async def _tally(self, group: Group, count: int) -> None:
        topic = topic_of(group, self._workspace.knowledge()) or ""
        day, entry_id = self._workspace.today(), group.standing.entry_id or ""
        await self._store.tallies.count([Counted(day, Tally.ANSWERED_BY_STAFF, topic, entry_id, count)])

    async def _draft(self, before: Group, after: Group, now: datetime) -> None:
        """An answered group has a draft for the knowledge base, and no other has one."""
        answers = [
            (group.standing.answer, group.standing.entry_id) if group.state is GroupState.ANSWERED else None
            for group in (before, after)
        ]
        if answers[0] != answers[1]:
            await self._redraft(after, now)

    async def _redraft(self, group: Group, now: datetime) -> None:
        """Makes the group's draft anew, from its answer and its questions."""
        old = await self._store.drafts.of_group(group.number)
        if old:
            await self._store.drafts.end([old.number], DraftState.DISCARDED, now)
        if group.state is not GroupState.ANSWERED:
            return
        questions = await self._store.members.of_group(group.number)
        seen = group.standing.seen
        questions = [question for question in questions if seen is None or question.number in seen]
        proposal = propose(
            group, questions, self._workspace.knowledge(), await self._taken_ids(), self._workspace.today()
        )
        if proposal:
            await self._store.drafts.add(group.number, proposal.kind, proposal.entry_id, proposal.content, now)

    async def _taken_ids(self) -> set[str]:
        drafts = await self._store.drafts.listed()
        used = await self._store.drafts.ids_used_before(look_at_questions=False)
        unwritten = (draft.entry_id for draft in drafts if draft.state != DraftState.DISCARDED)
        return {*self._workspace.knowledge().entries, *used, *unwritten}
