"""The staff's desk: what they see of groups and do with them, whatever door they come through.

Before anything goes to citizens, a door shows what they will read: `preview` (an answer that staff wrote) or
`preview_link` (an entry's) gives an AnswerPreview with each asker's own question, `leave_out` takes a question away,
and `send` sends what was shown. `link_choices` are the entries to offer, and `dismiss_all` dismisses many groups at
once.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.follow_up.group_changes import (
    GroupChanges,
    answered,
    approved,
    dismissed,
    handed_over,
    linked,
    merged_away,
    receiving,
    reopened,
    require_free,
    require_undoable,
    taken,
)
from bot.follow_up.previews import AnswerPreview, LinkChoice, answer_of, asked_in, link_choices, nearest_confidences
from bot.follow_up.staff_texts import MOST_OF_A_REASON, check, require_confirmed
from bot.follow_up.workspace import Workspace
from bot.records.errors import (
    ActRefusedError,
    FollowUpError,
    Refusal,
    UnknownEntryError,
    UnknownGroupError,
    UnknownPreviewError,
)
from bot.records.groups import (
    UNDO_FOR,
    Act,
    Answer,
    AskBack,
    AuditRecord,
    Deed,
    Group,
    GroupState,
    LastAct,
    Note,
    StaffMember,
    Standing,
)
from bot.records.questions import Asker, AskerState, RecordedQuestion
from knowledge.base import Entry, Language


@dataclass(frozen=True, slots=True)
class Dismissals:
    """What became of many groups that were to be dismissed at once: the groups, and by number why others were not."""

    done: tuple[Group, ...]
    refused: tuple[tuple[int, FollowUpError], ...]


class StaffDesk:
    """Every act is one transaction, a part of the unit that it is called in.

    It is refused with ActRefusedError when somebody else was first. All raise UnknownGroupError for a number that no
    group has, and StorageError.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self._changes = GroupChanges(workspace)

    async def groups(self, states: Collection[GroupState], limit: int | None = None) -> list[Group]:
        """Groups in one of the states, the newest first."""
        return await self._store.groups.listed(states, limit)

    async def group(self, number: int) -> Group:
        """The group of that number."""
        return await self._store.groups.get(number)

    async def questions(self, group: int) -> list[RecordedQuestion]:
        """The questions of the group that are still kept, in the order they were asked."""
        return await self._store.members.of_group(group)

    async def askers(self, group: int) -> dict[AskerState, int]:
        """How many citizens of the group who want to be told stand how."""
        return await self._store.askers.counts(group)

    async def not_reached(self, group: int) -> list[Asker]:
        """The citizens of the group whom the answer could not be delivered to, with the reason."""
        return await self._store.askers.of_group(group, [AskerState.FAILED])

    async def notes(self, group: int) -> list[Note]:
        """What citizens of the group wrote when they were asked back."""
        return await self._store.asking_back.notes(group)

    async def audit(
        self, limit: int | None = None, group: int | None = None, before: int | None = None
    ) -> list[AuditRecord]:
        """The acts, of one group where it is named, the newest first; with `before`, those of smaller numbers."""
        return await self._store.audit.listed(limit, group, before)

    async def take(self, group: int, by: StaffMember) -> Group:
        """`by` works on the group from now on."""
        return await self._act(group, by, Act.TAKE, taken)

    async def hand_over(self, group: int, by: StaffMember) -> Group:
        """The group is anybody's again; a drafted answer is given up."""
        return await self._act(group, by, Act.HAND_OVER, lambda found, _: handed_over(found))

    async def answer(self, group: int, text: str, language: Language, by: StaffMember) -> Group:
        """Answers everyone who asked in the group, in a minute; raises UnsuitableTextError.

        An answered group takes an answer in the other language too.
        """
        checked = check(text).text
        return await self._decide(group, by, Act.ANSWER, partial(answered, text=checked, language=language))

    async def link(self, group: int, entry_id: str, by: StaffMember) -> Group:
        """An entry answers everyone who asked in the group; raises UnknownEntryError, and refuses a known gap."""
        answer = answer_of(self._linkable(group, entry_id), self._workspace.today())
        return await self._decide(group, by, Act.LINK, partial(linked, entry_id=entry_id, answer=answer))

    async def link_choices(self, group: int) -> list[LinkChoice]:
        """The entries that the group may be linked to: near ones that answer something, the nearest first."""
        found, questions = await self._store.groups.get(group), await self.questions(group)
        return link_choices(nearest_confidences(found, questions), self._workspace.knowledge())

    def _linkable(self, group: int, entry_id: str) -> Entry:
        entry = self._workspace.knowledge().entries.get(entry_id)
        if entry is None:
            raise UnknownEntryError(entry_id)
        if entry.known_gap:
            raise ActRefusedError(group, Refusal.NO_ANSWER)
        return entry

    async def _decide(self, number: int, by: StaffMember, act: Act, decide: Callable[..., Standing]) -> Group:
        """The group after it was answered; its questions of the moment are those that were before staff's eyes."""
        async with self._workspace.storage.unit():
            (group,) = await self._store.groups.lock(number)
            seen = [question.number for question in await self._store.members.of_group(number)]
            needs = self._workspace.needs_approval
            return await self._keep_act(
                group, by, act, lambda found, deed: decide(found, deed, seen=seen, needs_approval=needs)
            )

    async def approve(self, group: int, by: StaffMember, seen: int | None = None) -> Group:
        """Lets a drafted answer be sent; refused to who drafted it, and when it changed since the revision `seen`."""
        return await self._act(group, by, Act.APPROVE, lambda found, deed: approved(found, deed, seen))

    async def dismiss(self, group: int, reason: str, by: StaffMember, *, confirmed: bool = False) -> Group:
        """The group needs no answer, nor does who asks it in the same words.

        `reason` is a value of DismissalReason, or a text of staff's own. Whoever asked reads it, with whom to ask.
        Raises UnsuitableTextError, and UnconfirmedTextError unless `by` has `confirmed` what looks personal in it.
        """
        checked = check(reason, MOST_OF_A_REASON).text
        require_confirmed([checked], confirmed=confirmed)
        return await self._act(group, by, Act.DISMISS, lambda found, deed: dismissed(found, deed, checked))

    async def dismiss_all(
        self, groups: Sequence[int], reason: str, by: StaffMember, *, confirmed: bool = False
    ) -> Dismissals:
        """Dismisses many groups, each for itself: what is refused for one does not stop the others.

        Raises UnsuitableTextError and UnconfirmedTextError, as `dismiss` does.
        """
        require_confirmed([check(reason, MOST_OF_A_REASON).text], confirmed=confirmed)
        done, refused = [], []
        for number in dict.fromkeys(groups):
            try:
                done.append(await self.dismiss(number, reason, by, confirmed=confirmed))
            except (ActRefusedError, UnknownGroupError) as error:
                refused.append((number, error))
        return Dismissals(tuple(done), tuple(refused))

    async def reopen(self, group: int, by: StaffMember) -> Group:
        """An answered or dismissed group needs an answer again. Who was told is not told anew."""
        return await self._act(group, by, Act.REOPEN, lambda found, _: reopened(found))

    async def ask_back(self, group: int, text: str, by: StaffMember) -> AskBack:
        """Asks everyone of the group who wants to be told, in a minute; raises UnsuitableTextError."""
        checked = check(text).text
        async with self._workspace.storage.unit():
            (found,) = await self._store.groups.lock(group)
            deed = Deed(by, self._workspace.clock())
            require_free(found, deed)
            if not (await self._store.askers.counts(group)).get(AskerState.WAITING):
                raise ActRefusedError(group, Refusal.NOBODY_ASKS)
            send_at = deed.at + UNDO_FOR
            number = await self._store.asking_back.add(group, checked, by, send_at)
            last = LastAct(Act.ASK_BACK, deed, found.standing, ask_back=number)
            await self._store.groups.change(found, found.standing, last, deed.at)
            await self._changes.audit(found, found.standing, Act.ASK_BACK, deed, asked=checked)
            return AskBack(number, group, checked, by, send_at)

    async def preview(self, group: int, text: str, language: Language, by: StaffMember) -> AnswerPreview:
        """Keeps an answer until it is sent as it is; raises UnsuitableTextError, and refuses as `answer` does."""
        checked = check(text)
        found = await self._store.groups.get(group)
        deed = Deed(by, self._workspace.clock())
        answered(found, deed, checked.text, language, needs_approval=self._workspace.needs_approval)
        number = await self._store.cards.hold(group, checked.text, language, by, deed.at)
        return await self.shown(number)

    async def preview_link(self, group: int, entry_id: str, by: StaffMember) -> AnswerPreview:
        """Shows an entry's answer as it will be sent, with its basis and caution; raises and refuses as `link` does."""
        found, entry = await self._store.groups.get(group), self._linkable(group, entry_id)
        deed, answer = Deed(by, self._workspace.clock()), answer_of(entry, self._workspace.today())
        linked(found, deed, entry_id, answer, needs_approval=self._workspace.needs_approval)
        text = answer.in_language(found.language)
        return await self.shown(
            await self._store.cards.hold(group, text, found.language, by, deed.at, entry_id=entry_id)
        )

    async def shown(self, preview: int) -> AnswerPreview:
        """The preview as it stands now; raises UnknownPreviewError, and UnknownEntryError."""
        kept = await self._store.cards.preview(preview)
        group, questions = await self._store.groups.get(kept.group), await self.questions(kept.group)
        waiting = await self._store.askers.of_group(kept.group, [AskerState.WAITING])
        answer = Answer(**{kept.language: kept.text})
        if kept.entry_id:
            answer = answer_of(self._linkable(kept.group, kept.entry_id), self._workspace.today())
        cautions = () if kept.entry_id else check(kept.text).cautions
        asked = asked_in(questions, waiting)
        return AnswerPreview(preview, group, answer, kept.language, kept.entry_id, cautions, asked, group.waiting)

    async def leave_out(self, preview: int, question: int, by: StaffMember) -> AnswerPreview:
        """The preview without a question that the answer does not answer: it becomes a group of its own.

        All records with the question's words go with it. Raises UnknownPreviewError, and refuses as `split` does.
        """
        shown = await self.shown(preview)
        alike = next((asked.numbers for asked in shown.asked if question in asked.numbers), (question,))
        await self.split(shown.group.number, alike, by)
        return await self.shown(preview)

    async def send(self, preview: int, by: StaffMember, seen: int | None = None) -> Group:
        """Answers with what the preview showed; raises UnknownPreviewError, and refuses whoever did not write it.

        `seen` is the preview's own: when the group has other questions by now than it showed, it is refused too.
        """
        async with self._workspace.storage.unit():
            kept = await self._store.cards.preview(preview)
            if kept.by.id != by.id:
                raise ActRefusedError(kept.group, Refusal.NOT_WRITER, Deed(kept.by, kept.at))
            await self._store.groups.lock(kept.group)
            shown = await self.shown(preview)
            if seen is not None and seen != shown.seen:
                raise ActRefusedError(kept.group, Refusal.OTHER_QUESTIONS)
            if shown.text != kept.text or not await self._store.cards.drop(preview):
                raise UnknownPreviewError(preview)
            if kept.entry_id:
                return await self.link(kept.group, kept.entry_id, by)
            return await self.answer(kept.group, kept.text, kept.language, by)

    async def discard_preview(self, preview: int) -> None:
        """Does not send it; nothing happens when it is gone already."""
        await self._store.cards.drop(preview)

    async def refused(self, by: StaffMember, tried: str, why: str, group: int | None = None) -> None:
        """Records that somebody tried what they may not do."""
        after = {"tried": tried[:200], "why": why[:200]}
        await self._store.audit.add(self._workspace.clock(), by, Act.REFUSED, group=group, before={}, after=after)

    async def split(self, group: int, questions: Collection[int], by: StaffMember) -> tuple[Group, Group]:
        """The group, and a new one with those of its questions."""
        async with self._workspace.storage.unit():
            (found,) = await self._store.groups.lock(group)
            deed = Deed(by, self._workspace.clock())
            require_free(found, deed)
            members = await self._store.members.of_group(group)
            chosen = [question for question in members if question.number in set(questions)]
            if not 0 < len(chosen) < len(members) or len(chosen) != len(set(questions)):
                raise ActRefusedError(group, Refusal.WRONG_QUESTIONS)
            other = await self._store.groups.open(chosen[0], deed.at)
            moved = tuple(question.number for question in chosen)
            await self._store.members.move(moved, group, other, deed.at)
            last = LastAct(Act.SPLIT, deed, found.standing, moved=moved, other=other)
            changed = await self._changes.keep(found, found.standing, last, Act.SPLIT, deed)
            return changed, await self._store.groups.get(other)

    async def merge(self, group: int, other: int, by: StaffMember) -> Group:
        """The group with the other's questions too; where it is answered, their askers are told in a minute."""
        if group == other:
            raise ActRefusedError(group, Refusal.SAME_GROUP)
        async with self._workspace.storage.unit():
            target, source = await self._store.groups.lock(group, other)
            deed = Deed(by, self._workspace.clock())
            moved = tuple(question.number for question in await self._store.members.of_group(other))
            received, away = receiving(target, deed, moved), merged_away(source, deed, group)
            count = await self._store.members.move(moved, other, group, deed.at)
            await self._changes.keep(source, away, None, Act.MERGE, deed)
            last = LastAct(Act.MERGE, deed, target.standing, moved=moved, other=other, other_before=source.standing)
            changed = await self._changes.keep(target, received, last, Act.MERGE, deed)
            await self._changes.came_in(changed, count, deed.at)
            return changed

    async def undo(self, group: int, by: StaffMember) -> Group:
        """Takes the group's last act back, whoever's it was, within a minute."""
        async with self._workspace.storage.unit():
            known = await self._store.groups.get(group)
            other = known.last.other if known.last else None
            found, *others = await self._store.groups.lock(group, *([other] if other else []))
            deed = Deed(by, self._workspace.clock())
            if found.last != known.last:
                raise ActRefusedError(group, Refusal.TOO_LATE, found.last.deed if found.last else None)
            is_being_sent = await self._store.groups.is_being_sent(group)
            require_undoable(found, deed.at, is_being_sent=is_being_sent)
            if found.last:
                await self._restore(found, found.last, others, deed)
            return await self._store.groups.get(group)

    async def _restore(self, group: Group, last: LastAct, others: list[Group], deed: Deed) -> None:
        if last.ask_back:
            await self._store.asking_back.remove(last.ask_back)
        for other in others:
            if last.act is Act.SPLIT:
                await self._reunite(group, other, deed)
            else:
                await self._part(group, other, last, deed)
        await self._changes.keep(group, last.before, None, Act.UNDO, deed)

    async def _reunite(self, group: Group, other: Group, deed: Deed) -> None:
        """Takes a split back, unless somebody has done something with the new group."""
        if other.last:
            raise ActRefusedError(other.number, Refusal.TOO_LATE, other.last.deed)
        members = [question.number for question in await self._store.members.of_group(other.number)]
        await self._store.members.move(members, other.number, group.number, deed.at)
        away = replace(other.standing, state=GroupState.MERGED, merged=deed, merged_into=group.number)
        await self._changes.keep(other, away, None, Act.UNDO, deed)

    async def _part(self, group: Group, other: Group, last: LastAct, deed: Deed) -> None:
        """Takes a merge back: the questions that came with it go where they were."""
        before = last.other_before or other.standing
        await self._changes.keep(other, before, None, Act.UNDO, deed)
        count = await self._store.members.move(last.moved, group.number, other.number, deed.at)
        await self._changes.came_in(group, -count, deed.at)

    async def _act(self, number: int, by: StaffMember, act: Act, decide: Callable[[Group, Deed], Standing]) -> Group:
        """The group after the act. What `decide` raises leaves everything as it was."""
        async with self._workspace.storage.unit():
            (group,) = await self._store.groups.lock(number)
            return await self._keep_act(group, by, act, decide)

    async def _keep_act(
        self, group: Group, by: StaffMember, act: Act, decide: Callable[[Group, Deed], Standing]
    ) -> Group:
        deed = Deed(by, self._workspace.clock())
        last = LastAct(act, deed, group.standing)
        return await self._changes.keep(group, decide(group, deed), last, act, deed)
