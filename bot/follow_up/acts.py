"""What staff do with a group."""

from dataclasses import dataclass

from bot.follow_up.changing import Changing
from bot.follow_up.deciding import (
    answered,
    approved,
    dismissed,
    handed_over,
    linked,
    reopened,
    require_free,
    taken,
)
from bot.follow_up.texts import MOST_OF_A_REASON, Caution, check
from bot.records.askers import AskerState
from bot.records.errors import ActRefusedError, Refusal, UnknownEntryError, UnknownPreviewError
from bot.records.groups import UNDO_FOR, Act, Answer, AskBack, Deed, Group, LastAct, StaffMember
from knowledge.base import Language


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer before it is sent: `text` is letter by letter what citizens will read.

    `number` sends it. `waiting` is how many citizens want to be told.
    """

    number: int
    group: Group
    text: str
    language: Language
    cautions: tuple[Caution, ...]
    waiting: int


class StaffActs(Changing):
    """Acts on one group. Each is refused with ActRefusedError when somebody else was first.

    All raise UnknownGroupError for a number that no group has, and StorageError.
    """

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
        needs = self.needs_approval

        return await self._act(
            group, by, Act.ANSWER, lambda found, deed: answered(found, deed, checked, language, needs_approval=needs)
        )

    async def link(self, group: int, entry_id: str, by: StaffMember) -> Group:
        """An entry answers everyone who asked in the group; raises UnknownEntryError."""
        entry = self.knowledge().entries.get(entry_id)
        if entry is None:
            raise UnknownEntryError(entry_id)
        answer, needs = Answer(entry.answer.ko, entry.answer.en), self.needs_approval

        return await self._act(
            group, by, Act.LINK, lambda found, deed: linked(found, deed, entry_id, answer, needs_approval=needs)
        )

    async def approve(self, group: int, by: StaffMember, seen: int | None = None) -> Group:
        """Lets a drafted answer be sent; refused to who drafted it, and when it changed since the revision `seen`."""
        return await self._act(group, by, Act.APPROVE, lambda found, deed: approved(found, deed, seen))

    async def dismiss(self, group: int, reason: str, by: StaffMember) -> Group:
        """The group needs no answer, nor do questions like it from now on; raises UnsuitableTextError."""
        checked = check(reason, MOST_OF_A_REASON).text
        return await self._act(group, by, Act.DISMISS, lambda found, deed: dismissed(found, deed, checked))

    async def reopen(self, group: int, by: StaffMember) -> Group:
        """An answered or dismissed group needs an answer again. Who was told is not told anew."""
        return await self._act(group, by, Act.REOPEN, lambda found, _: reopened(found))

    async def ask_back(self, group: int, text: str, by: StaffMember) -> AskBack:
        """Asks everyone of the group who wants to be told, in a minute; raises UnsuitableTextError."""
        checked = check(text).text
        async with self.storage.unit():
            (found,) = await self.store.groups.lock(group)
            deed = Deed(by, self.clock())
            require_free(found, deed)
            if not (await self.store.askers.counts(group)).get(AskerState.WAITING):
                raise ActRefusedError(group, Refusal.NOBODY_ASKS)
            send_at = deed.at + UNDO_FOR
            number = await self.store.asking_back.add(group, checked, by, send_at)
            last = LastAct(Act.ASK_BACK, deed, found.standing, ask_back=number)
            await self.store.groups.change(found, found.standing, last, deed.at)
            await self._audit(found, found.standing, Act.ASK_BACK, deed, asked=checked)
            return AskBack(number, group, checked, by, send_at)

    async def preview(self, group: int, text: str, language: Language, by: StaffMember) -> Shown:
        """Keeps an answer until it is sent as it is; raises UnsuitableTextError, and refuses as `answer` does."""
        checked = check(text)
        found = await self.store.groups.get(group)
        deed = Deed(by, self.clock())
        answered(found, deed, checked.text, language, needs_approval=self.needs_approval)
        number = await self.store.cards.hold(group, checked.text, language, by, deed.at)
        waiting = (await self.store.askers.counts(group)).get(AskerState.WAITING, 0)
        return Shown(number, found, checked.text, language, checked.cautions, waiting)

    async def send(self, preview: int, by: StaffMember) -> Group:
        """Answers with what the preview showed; raises UnknownPreviewError, and refuses whoever did not write it."""
        async with self.storage.unit():
            shown = await self.store.cards.preview(preview)
            if shown.by.id != by.id:
                raise ActRefusedError(shown.group, Refusal.NOT_WRITER, Deed(shown.by, shown.at))
            answered_group = await self.answer(shown.group, shown.text, shown.language, by)
            if not await self.store.cards.drop(preview):
                raise UnknownPreviewError(preview)
            return answered_group

    async def discard_preview(self, preview: int) -> None:
        """Does not send it; nothing happens when it is gone already."""
        await self.store.cards.drop(preview)

    async def refused(self, by: StaffMember, tried: str, why: str, group: int | None = None) -> None:
        """Records that somebody tried what they may not do."""
        after = {"tried": tried[:200], "why": why[:200]}
        await self.store.audit.add(self.clock(), by, Act.REFUSED, group=group, before={}, after=after)
