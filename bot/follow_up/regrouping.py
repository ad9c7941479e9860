"""Splitting and merging groups, and undoing the last act."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.follow_up.changing import Changing
from bot.follow_up.deciding import merged_away, receiving, require_free, require_undoable
from bot.records.errors import ActRefusedError, Refusal
from bot.records.groups import Act, Deed, Group, GroupState, LastAct, StaffMember
from bot.records.tallies import Tally


class Regrouping(Changing):
    """What staff do where the grouping was wrong, or they were. The errors are those of the other acts."""

    async def split(self, group: int, questions: Collection[int], by: StaffMember) -> tuple[Group, Group]:
        """The group, and a new one with those of its questions."""
        async with self.storage.unit():
            (found,) = await self.store.groups.lock(group)
            deed = Deed(by, self.clock())
            require_free(found, deed)
            members = await self.store.members.of_group(group)
            chosen = [question for question in members if question.number in set(questions)]
            if not 0 < len(chosen) < len(members) or len(chosen) != len(set(questions)):
                raise ActRefusedError(group, Refusal.WRONG_QUESTIONS)
            other = await self.store.groups.open(chosen[0], deed.at)
            moved = tuple(question.number for question in chosen)
            await self.store.members.move(moved, group, other, deed.at)
            last = LastAct(Act.SPLIT, deed, found.standing, moved=moved, other=other)
            changed = await self._change(found, found.standing, last, Act.SPLIT, deed)
            return changed, await self.store.groups.get(other)

    async def merge(self, group: int, other: int, by: StaffMember) -> Group:
        """The group with the other's questions too; where it is answered, their askers are told in a minute."""
        if group == other:
            raise ActRefusedError(group, Refusal.SAME_GROUP)
        async with self.storage.unit():
            target, source = await self.store.groups.lock(group, other)
            deed = Deed(by, self.clock())
            received, away = receiving(target, deed), merged_away(source, deed, group)
            moved = tuple(question.number for question in await self.store.members.of_group(other))
            count = await self.store.members.move(moved, other, group, deed.at)
            await self._change(source, away, None, Act.MERGE, deed)
            last = LastAct(Act.MERGE, deed, target.standing, moved=moved, other=other, other_before=source.standing)
            changed = await self._change(target, received, last, Act.MERGE, deed)
            await self._take_in(changed, count, deed.at)
            return changed

    async def undo(self, group: int, by: StaffMember) -> Group:
        """Takes the group's last act back, whoever's it was, within a minute."""
        async with self.storage.unit():
            known = await self.store.groups.get(group)
            other = known.last.other if known.last else None
            found, *others = await self.store.groups.lock(group, *([other] if other else []))
            deed = Deed(by, self.clock())
            if found.last != known.last:
                raise ActRefusedError(group, Refusal.TOO_LATE, found.last.deed if found.last else None)
            is_being_sent = await self.store.groups.is_being_sent(group)
            require_undoable(found, deed.at, is_being_sent=is_being_sent)
            if found.last:
                await self._restore(found, found.last, others, deed)
            return await self.store.groups.get(group)

    async def _restore(self, group: Group, last: LastAct, others: list[Group], deed: Deed) -> None:
        if last.ask_back:
            await self.store.asking_back.remove(last.ask_back)
        for other in others:
            if last.act is Act.SPLIT:
                await self._reunite(group, other, deed)
            else:
                await self._part(group, other, last, deed)
        await self._change(group, last.before, None, Act.UNDO, deed)

    async def _reunite(self, group: Group, other: Group, deed: Deed) -> None:
        """Takes a split back, unless somebody has done something with the new group."""
        if other.last:
            raise ActRefusedError(other.number, Refusal.TOO_LATE, other.last.deed)
        members = [question.number for question in await self.store.members.of_group(other.number)]
        await self.store.members.move(members, other.number, group.number, deed.at)
        away = replace(other.standing, state=GroupState.MERGED, merged=deed, merged_into=group.number)
        await self._change(other, away, None, Act.UNDO, deed)

    async def _part(self, group: Group, other: Group, last: LastAct, deed: Deed) -> None:
        """Takes a merge back: the questions that came with it go where they were."""
        before = last.other_before or other.standing
        await self._change(other, before, None, Act.UNDO, deed)
        count = await self.store.members.move(last.moved, group.number, other.number, deed.at)
        if group.state is GroupState.ANSWERED:
            await self._tally(Tally.ANSWERED_BY_STAFF, group, -count)
            await self._redraft(group, deed.at)

    async def _take_in(self, group: Group, count: int, now: datetime) -> None:
        """Questions that came into an answered group are answered, and its draft has them as ways to ask."""
        if group.state is GroupState.ANSWERED:
            await self._tally(Tally.ANSWERED_BY_STAFF, group, count)
            await self._redraft(group, now)
