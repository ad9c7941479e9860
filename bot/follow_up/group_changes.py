"""What each act makes of a group's standing, when it is refused, and what follows from it.

The functions decide, and neither wait nor write. GroupChanges writes, in the transaction of the act: the group, its
questions, draft, counts and audit.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.follow_up.drafts.proposals import propose, topic_of
from bot.follow_up.workspace import Workspace
from bot.records.drafts import DraftState
from bot.records.errors import ActRefusedError, Refusal
from bot.records.groups import UNDO_FOR, Act, Answer, Deed, Group, GroupState, LastAct, Standing
from bot.records.questions import Counted, Tally
from bot.storage.follow_up.groups import standing_data
from knowledge.base import Language


def taken(group: Group, deed: Deed) -> Standing:
    """Of an open group: somebody works on it."""
    _require_unfinished(group)
    if group.state is not GroupState.OPEN:
        raise _in_the_way(group)
    return Standing(GroupState.TAKEN, taken=deed)


def handed_over(group: Group) -> Standing:
    """Of a group that somebody took or drafted an answer for: it is anybody's again, without the draft."""
    _require_unfinished(group)
    if group.state is GroupState.OPEN:
        raise ActRefusedError(group.number, Refusal.NOT_TAKEN)
    return Standing()


def answered(
    group: Group, deed: Deed, text: str, language: Language, seen: Sequence[int] = (), *, needs_approval: bool
) -> Standing:
    """Of a group that nobody else works on; or the answer in the other language, of one that is answered.

    `seen` are the questions that were before the eyes of whoever answers.
    """
    if group.state is GroupState.ANSWERED and group.standing.answer and not group.standing.entry_id:
        if group.standing.answer.of_language(language):
            raise _in_the_way(group)
        both = replace(group.standing.answer, **{language: text})
        return _decided(replace(group.standing, answer=both, seen=tuple(seen)), deed, needs_approval=needs_approval)
    _require_free(group, deed)
    answer = Answer(**{language: text})
    standing = Standing(taken=group.standing.taken, answer=answer, seen=tuple(seen))
    return _decided(standing, deed, needs_approval=needs_approval)


def linked(
    group: Group, deed: Deed, entry_id: str, answer: Answer, seen: Sequence[int] = (), *, needs_approval: bool
) -> Standing:
    """Of a group that nobody else works on: an entry answers it. `seen` is as with `answered`."""
    _require_free(group, deed)
    standing = Standing(taken=group.standing.taken, answer=answer, entry_id=entry_id, seen=tuple(seen))
    return _decided(standing, deed, needs_approval=needs_approval)


def approved(group: Group, deed: Deed, seen: int | None) -> Standing:
    """Of a group with a draft by another staff member; `seen` is the revision that was looked at."""
    drafted = group.standing.answered
    if group.state is not GroupState.DRAFTED or drafted is None:
        _require_unfinished(group)
        raise ActRefusedError(group.number, Refusal.NOT_DRAFTED)
    if drafted.by.id == deed.by.id:
        raise ActRefusedError(group.number, Refusal.OWN_DRAFT, drafted)
    if seen is not None and seen < group.answer_revision:
        raise ActRefusedError(group.number, Refusal.CHANGED, drafted)
    send_at = deed.at + UNDO_FOR
    return replace(group.standing, state=GroupState.ANSWERED, approved=deed, send_at=send_at)


def dismissed(group: Group, deed: Deed, reason: str) -> Standing:
    """Of an unfinished group that nobody else works on: it needs no answer."""
    _require_free(group, deed)
    send_at = deed.at + UNDO_FOR
    return Standing(GroupState.DISMISSED, dismissed=deed, reason=reason, send_at=send_at)


def reopened(group: Group) -> Standing:
    """Of an answered or dismissed group: it needs an answer again. Who was told stays told."""
    _require_not_merged(group)
    if group.state not in {GroupState.ANSWERED, GroupState.DISMISSED}:
        raise ActRefusedError(group.number, Refusal.NOT_CLOSED)
    return Standing()


def merged_away(group: Group, deed: Deed, target: int) -> Standing:
    """Of an unfinished group that nobody else works on: its questions belong to `target` now."""
    _require_free(group, deed)
    return Standing(GroupState.MERGED, merged=deed, merged_into=target)


def receiving(group: Group, deed: Deed, moved: Sequence[int] = ()) -> Standing:
    """Of a group that others' questions come into; an answer waits a minute before these are told it."""
    if group.state is GroupState.ANSWERED:
        seen = None if group.standing.seen is None else (*group.standing.seen, *moved)
        send_at = max(deed.at + UNDO_FOR, group.standing.send_at or deed.at)
        return replace(group.standing, send_at=send_at, seen=seen)
    _require_free(group, deed)
    return group.standing


def require_free(group: Group, deed: Deed) -> None:
    """Raises ActRefusedError unless the group is unfinished and nobody else works on it."""
    _require_free(group, deed)


def require_undoable(group: Group, now: datetime, *, is_being_sent: bool) -> None:
    """Raises ActRefusedError unless the group's last act was done within a minute and nobody was told of it."""
    last = group.last
    if last is None:
        raise ActRefusedError(group.number, Refusal.NOTHING_TO_UNDO)
    if now >= last.deed.at + UNDO_FOR or is_being_sent:
        raise ActRefusedError(group.number, Refusal.TOO_LATE, last.deed)


def _decided(standing: Standing, deed: Deed, *, needs_approval: bool) -> Standing:
    if needs_approval:
        return replace(standing, state=GroupState.DRAFTED, answered=deed, approved=None, send_at=None)
    send_at = deed.at + UNDO_FOR
    return replace(standing, state=GroupState.ANSWERED, answered=deed, send_at=send_at)


def _require_free(group: Group, deed: Deed) -> None:
    _require_unfinished(group)
    owner = group.standing.taken
    if group.state is GroupState.DRAFTED:
        raise _in_the_way(group)
    if group.state is GroupState.TAKEN and owner and owner.by.id != deed.by.id:
        raise _in_the_way(group)


def _require_unfinished(group: Group) -> None:
    _require_not_merged(group)
    if group.state in {GroupState.ANSWERED, GroupState.DISMISSED}:
        raise _in_the_way(group)


def _require_not_merged(group: Group) -> None:
    if group.state is GroupState.MERGED:
        raise _in_the_way(group)


def _in_the_way(group: Group) -> ActRefusedError:
    """That somebody was first: who, and when."""
    standing = group.standing
    refusal, deed = {
        GroupState.TAKEN: (Refusal.TAKEN, standing.taken),
        GroupState.DRAFTED: (Refusal.DRAFTED, standing.answered),
        GroupState.ANSWERED: (Refusal.ANSWERED, standing.answered),
        GroupState.DISMISSED: (Refusal.DISMISSED, standing.dismissed),
        GroupState.MERGED: (Refusal.MERGED, standing.merged),
    }[group.state]
    return ActRefusedError(group.number, refusal, deed)


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
