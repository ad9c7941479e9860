"""What staff do with drafts: look at them, change them, discard them, and put them into the knowledge base.

So they do with what a workbook changes.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.follow_up.drafts.proposals import Known, faults_of, usable_phrasing
from bot.follow_up.staff_texts import check, looks_personal, require_confirmed
from bot.follow_up.workspace import Workspace
from bot.masking import mask
from bot.records.drafts import NO_GROUP, CitizensWording, Content, Draft, DraftKind, DraftState
from bot.records.errors import (
    DraftFault,
    DraftFaultsError,
    UnknownDraftError,
    UnknownEntryError,
    UnknownSuggestionError,
)
from bot.records.groups import Act, StaffMember
from knowledge.base import MAX_QUESTION_LENGTH, Language
from knowledge.text.cleaning import letters_of
from knowledge.writing.additions import Additions, MorePhrasings, NewEntry, RegressionQuestion

if TYPE_CHECKING:  # what reads workbooks is large, and rarely needed
    from pathlib import Path

    from knowledge.spreadsheet.import_plan import ImportPlan

STAFF_SOURCE = "staff"


@dataclass(frozen=True, slots=True)
class DraftChanges:
    """What is to be another in a draft; None and empty stay as they are."""

    entry_id: str | None = None
    topic: str | None = None
    question: dict[Language, str] | None = None
    answer: dict[Language, str] | None = None
    without: tuple[str, ...] = ()
    """Phrasings to leave out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Drafts that can be put into the knowledge base, and what they add to it. `present` are in it already."""

    drafts: tuple[Draft, ...]
    additions: Additions
    present: tuple[Draft, ...]

    @property
    def questions(self) -> list[tuple[Draft, str]]:
        """Every question of the drafts, to be asked before and after."""
        return [(draft, text) for draft in self.drafts for _, text in draft.content.asked()]

    @property
    def doubtful(self) -> list[str]:
        """Citizens' words in it that hold what looks like personal information."""
        return [text for _, text in self.questions if looks_personal(text)]


class DraftDesk:
    """Work on drafts. All raise StorageError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    async def listed(self, state: DraftState | None = None) -> list[Draft]:
        """Drafts in that state, or all, the oldest first."""
        return await self._store.drafts.listed(state)

    async def propose(self, entry_id: str, text: str, by: StaffMember) -> Draft:
        """A new draft that makes the text, masked, a way to ask for the entry; it belongs to no group.

        Raises UnknownEntryError, and UnsuitableTextError for a text that cannot be a phrasing.
        """
        if entry_id not in self._workspace.knowledge().entries:
            raise UnknownEntryError(entry_id)
        phrasing = check(mask(text), MAX_QUESTION_LENGTH).text
        language: Language = "ko" if any("가" <= letter <= "힣" for letter in phrasing) else "en"
        content, now = Content().with_phrasing(language, phrasing), self._workspace.clock()
        async with self._workspace.storage.unit():
            number = await self._store.drafts.add(NO_GROUP, DraftKind.PHRASINGS, entry_id, content, now)
            after = {"draft": number, "entry_id": entry_id}
            await self._store.audit.add(now, by, Act.CHANGE_DRAFT, group=None, before={}, after=after)
        return Draft(number, NO_GROUP, DraftKind.PHRASINGS, DraftState.NEW, entry_id, content, now)

    async def suggested(self) -> list[CitizensWording]:
        """Citizens' words that may become ways to ask for the entry that they chose, those of most people first.

        Left out is what the entry says already, what a draft holds or held, and what can be no phrasing.
        """
        entries = self._workspace.knowledge().entries
        drafts = await self._store.drafts.listed()
        held = {(draft.entry_id, letters_of(text)) for draft in drafts for _, text in draft.content.asked()}
        held |= {(entry.id, letters_of(text)) for entry in entries.values() for _, text in entry.ways_to_ask()}
        return [
            wording
            for wording in await self._store.wordings.listed()
            if wording.entry_id in entries
            and (wording.entry_id, letters_of(wording.text)) not in held
            and usable_phrasing(wording.text)
        ]

    async def accept(self, number: int, by: StaffMember) -> Draft:
        """The draft of a suggested wording. Raises UnknownSuggestionError for a number that none has."""
        for wording in await self.suggested():
            if wording.number == number:
                return await self.propose(wording.entry_id, wording.text, by)
        raise UnknownSuggestionError(number)

    async def publish_sheet(self, folder: "Path", plan: "ImportPlan", by: StaffMember) -> None:
        """Writes what a workbook changes into the folder's files, all or none; who did is kept.

        Raises NotWrittenError.
        """
        from knowledge.writing.publication import publish

        after = {"cells": plan.edited, "entries": plan.added, "files": [change.file for change in plan.changes]}
        async with self._workspace.storage.unit():
            now = self._workspace.clock()
            await self._store.audit.add(now, by, Act.IMPORT_SHEET, group=None, before={}, after=after)
            await asyncio.to_thread(publish, folder, plan.changes)

    async def discard(self, numbers: Sequence[int], by: StaffMember) -> None:
        """The drafts are never written; raises UnknownDraftError when one of them is not new."""
        async with self._workspace.storage.unit():
            drafts = await self._new(numbers)
            await self._end(drafts, DraftState.DISCARDED, Act.DISCARD_DRAFT, by)

    async def change(self, number: int, changes: DraftChanges, by: StaffMember) -> Draft:
        """The draft with the changes; raises UnknownDraftError."""
        async with self._workspace.storage.unit():
            (draft,) = await self._new([number])
            changed = _changed(draft, changes)
            await self._store.drafts.change(changed)
            before = {} if draft.kind is DraftKind.ENTRY else {"entry_id": draft.entry_id}
            after = {"draft": number} | ({"entry_id": changes.entry_id} if changes.entry_id else before)
            await self._store.audit.add(
                self._workspace.clock(), by, Act.CHANGE_DRAFT, group=draft.group or None, before=before, after=after
            )
            return changed

    async def plan(self, numbers: Sequence[int] | None = None) -> Plan:
        """What these new drafts, or all, add to the knowledge base.

        Raises UnknownDraftError, and DraftFaultsError with what is wrong with each of them.
        """
        drafts = await self._new(numbers) if numbers else await self._store.drafts.listed(DraftState.NEW)
        known = Known(self._workspace.knowledge(), await self._store.drafts.ids_used_before())
        todo, present, faults = [], [], list[DraftFault]()
        for draft in drafts:
            if known.holds(draft):
                present.append(draft)
                continue
            lacking = known.lacking(draft)
            faults += faults_of(lacking, known)
            known.take_in(lacking)
            todo.append(lacking)
        if faults:
            raise DraftFaultsError(faults)
        return Plan(tuple(todo), _additions(todo), tuple(present))

    async def write(
        self,
        plan: Plan,
        by: StaffMember,
        publish: Callable[[], None],
        undo: Callable[[], None],
        *,
        confirmed: bool = False,
    ) -> None:
        """Marks the plan's drafts as written while `publish` puts them into the files: both happen, or neither.

        `undo` puts the files back. Raises what `publish` raises, UnknownDraftError when somebody else was faster, and
        UnconfirmedTextError unless `by` has `confirmed` that what is `doubtful` in the plan may be public.
        """
        require_confirmed(plan.doubtful, confirmed=confirmed)
        numbers = [draft.number for draft in (*plan.drafts, *plan.present)]
        published = False
        try:
            async with self._workspace.storage.unit():
                drafts = await self._new(numbers)
                await self._end(drafts, DraftState.WRITTEN, Act.WRITE_DRAFT, by)
                publish()
                published = True
        except BaseException:
            if published:
                undo()
            raise

    async def _new(self, numbers: Sequence[int]) -> list[Draft]:
        new = {draft.number: draft for draft in await self._store.drafts.listed(DraftState.NEW)}
        for number in numbers:
            if number not in new:
                raise UnknownDraftError(number)
        return [new[number] for number in dict.fromkeys(numbers)]

    async def _end(self, drafts: Sequence[Draft], state: DraftState, act: Act, by: StaffMember) -> None:
        now = self._workspace.clock()
        for draft in drafts:
            if await self._store.drafts.end([draft.number], state, now) != 1:
                raise UnknownDraftError(draft.number)
            after: dict[str, object] = {"draft": draft.number}
            if state is DraftState.WRITTEN or draft.kind is DraftKind.PHRASINGS:  # else it is made of citizens' words
                after["entry_id"] = draft.entry_id
            await self._store.audit.add(now, by, act, group=draft.group or None, before={}, after=after)


def _changed(draft: Draft, changes: DraftChanges) -> Draft:
    content, left_out = draft.content, {letters_of(text) for text in changes.without}
    phrasings = {
        language: tuple(text for text in texts if letters_of(text) not in left_out)
        for language, texts in content.phrasings.items()
    }
    content = Content(
        phrasings=phrasings,
        question={**content.question, **(changes.question or {})},
        answer={**content.answer, **(changes.answer or {})},
        topic=changes.topic or content.topic,
        as_of=content.as_of,
    )
    return replace(draft, entry_id=changes.entry_id or draft.entry_id, content=content)


def _additions(drafts: Sequence[Draft]) -> Additions:
    entries = [_new_entry(draft) for draft in drafts if draft.kind is DraftKind.ENTRY]
    more = [
        MorePhrasings(draft.entry_id, draft.content.phrasings) for draft in drafts if draft.kind is not DraftKind.ENTRY
    ]
    regression = [
        RegressionQuestion(f"staff-{draft.number}", draft.content.asked()[0][1], draft.entry_id) for draft in drafts
    ]
    return Additions(tuple(entries), tuple(more), tuple(regression))


def _new_entry(draft: Draft) -> NewEntry:
    content = draft.content
    return NewEntry(
        id=draft.entry_id,
        topic=content.topic,
        question=_with_korean(content.question),
        answer=_with_korean(content.answer),
        phrasings=content.phrasings,
        source=STAFF_SOURCE,
        as_of=content.as_of,
    )


def _with_korean(texts: dict[Language, str]) -> dict[Language, str]:
    """An entry has Korean at least: where only English was written, it stands for both."""
    return texts if "ko" in texts else {"ko": texts["en"], **texts}
