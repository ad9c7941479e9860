"""One act is one transaction: the group's new standing, its questions, its draft, the counts, and the audit record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any

from bot.follow_up.drafting import propose, topic_of, usable_phrasing
from bot.records.drafts import DraftState
from bot.records.groups import Act, Deed, Group, GroupState, LastAct, StaffMember, Standing
from bot.records.tallies import Counted, Tally
from bot.storage.follow_up.serialising import standing_data
from bot.storage.storage import Storage
from knowledge.base import KnowledgeBase, Language


class Changing:
    """What the acts have in common.

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
        self.storage = storage
        self.store = storage.follow_up
        self.knowledge = knowledge
        self.clock = clock
        self.timezone = timezone
        self.needs_approval = needs_approval

    def today(self) -> date:
        """The day in the city."""
        return self.clock().astimezone(self.timezone).date()

    async def _act(self, number: int, by: StaffMember, act: Act, decide: Callable[[Group, Deed], Standing]) -> Group:
        """The group after the act. What `decide` raises leaves everything as it was."""
        async with self.storage.unit():
            (group,) = await self.store.groups.lock(number)
            deed = Deed(by, self.clock())
            last = LastAct(act, deed, group.standing)
            return await self._change(group, decide(group, deed), last, act, deed)

    async def _change(self, group: Group, standing: Standing, last: LastAct | None, act: Act, deed: Deed) -> Group:
        """Keeps what became of a locked group, and all that follows from it."""
        questions = await self.store.groups.change(group, standing, last, deed.at)
        changed = await self.store.groups.get(group.number)
        await self._audit(group, standing, act, deed)
        await self._count_answered(changed, group.state, questions)
        await self._draft(group, changed, deed.at)
        return changed

    async def _audit(self, group: Group, after: Standing, act: Act, deed: Deed, **more: Any) -> None:
        before = standing_data(group.standing)
        changed = {**standing_data(after), **more}
        await self.store.audit.add(deed.at, deed.by, act, group=group.number, before=before, after=changed)

    async def _count_answered(self, group: Group, before: GroupState, questions: int) -> None:
        """Counts questions that are answered by staff now, or are not any more."""
        is_answered, was_answered = group.state is GroupState.ANSWERED, before is GroupState.ANSWERED
        difference = questions * (is_answered - was_answered)
        if difference:
            await self._tally(Tally.ANSWERED_BY_STAFF, group, difference)

    async def _tally(self, kind: Tally, group: Group, count: int) -> None:
        topic = topic_of(group, self.knowledge()) or ""
        counted = Counted(self.today(), kind, topic, group.standing.entry_id or "", count)
        await self.store.tallies.count([counted])

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
        old = await self.store.drafts.of_group(group.number)
        if old:
            await self.store.drafts.end([old.number], DraftState.DISCARDED, now)
        if group.state is not GroupState.ANSWERED:
            return
        questions = await self.store.members.of_group(group.number)
        proposal = propose(group, questions, self.knowledge(), await self._taken_ids(), self.today())
        if proposal:
            await self.store.drafts.add(group.number, proposal.kind, proposal.entry_id, proposal.content, now)

    async def _taken_ids(self) -> set[str]:
        drafts = await self.store.drafts.listed()
        used = await self.store.drafts.ids_used_before(look_at_questions=False)
        return {*self.knowledge().entries, *used, *(draft.entry_id for draft in drafts if draft.state != "discarded")}

    async def _add_phrasing(self, group: int, language: Language, text: str) -> None:
        """The group's draft has one more way to ask."""
        draft, phrasing = await self.store.drafts.of_group(group), usable_phrasing(text)
        if draft and phrasing:
            content = draft.content.with_phrasing(language, phrasing)
            await self.store.drafts.change(replace(draft, content=content))
