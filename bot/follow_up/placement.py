"""Puts unanswered questions into groups of questions like them, one after the other as they come."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.errors import AssistantError
from bot.follow_up.group_changes import GroupChanges
from bot.follow_up.workspace import Workspace
from bot.records.errors import NotFollowedUpError
from bot.records.groups import UNFINISHED, GroupState
from bot.records.questions import RecordedQuestion
from bot.storage.follow_up.members import CandidateGroup
from knowledge.errors import KnowledgeError
from knowledge.text.cleaning import letters_of

SECONDS_BETWEEN = 0.5
_AT_ONCE = 50

logger = logging.getLogger(__name__)


class Placer(Protocol):
    """Decides which questions ask the same."""

    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:
        """The index of the group whose questions ask the same as `question`; None when it is a new one's first.

        Each group is the texts of some of its questions. Raises AssistantError when it cannot decide now.
        """
        ...


class GroupComparison(Protocol):
    """Says which groups are so close to each other that staff may say they are one."""

    async def close(self, group: int, groups: Sequence[Sequence[str]]) -> list[int]:
        """The indices of the groups that may ask the same as the one of that index, the likest first.

        Raises AssistantError when it cannot decide now.
        """
        ...


class Placement:
    """Places questions. Only one process at a time should: two would make two groups of one kind."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self._changes = GroupChanges(workspace)

    async def place_open(self, placer: Placer) -> int:
        """Places what is not placed yet; how many questions that were. Raises what `placer` does, and StorageError."""
        placed = 0
        while questions := await self._store.members.ungrouped(_AT_ONCE):
            candidates = await self._store.members.candidates()
            for question in questions:
                candidates = await self._place(question, candidates, placer)
            placed += len(questions)
        return placed

    async def group_of(self, question: int) -> int:
        """The number of the question's group, which is made where an open question has none.

        Raises UnknownQuestionError, and NotFollowedUpError for a question that staff need not look at.
        """
        recorded = await self._workspace.storage.questions.get(question)
        return recorded.group or await self._place_alone(recorded)

    async def close_to(self, group: int, comparison: GroupComparison) -> list[int]:
        """The numbers of the unfinished groups of which staff may say that they ask the same, the likest first.

        None where the group itself is finished. Raises what `comparison` does, and StorageError.
        """
        candidates = [each for each in await self._store.members.candidates() if each.state in UNFINISHED]
        own = next((each for each in candidates if each.number == group), None)
        if own is None:
            return []
        others = [each for each in candidates if each.language == own.language]
        places = await comparison.close(others.index(own), [each.texts for each in others])
        return [others[place].number for place in places]

    async def place_regularly(self, placer: Placer, pause: float = SECONDS_BETWEEN) -> None:
        """Places questions soon after they are asked, until it is cancelled."""
        while True:
            try:
                await self.place_open(placer)
            except (AssistantError, KnowledgeError) as error:
                logger.warning("Open questions could not be grouped; tried again later: %s", error)
            await asyncio.sleep(pause)

    async def _place(
        self, question: RecordedQuestion, candidates: list[CandidateGroup], placer: Placer
    ) -> list[CandidateGroup]:
        """The candidates after the question was placed."""
        same_language = [group for group in candidates if group.language == question.language]
        chosen = await _choose(question.text, same_language, placer)
        if chosen is None:
            number = await self._place_alone(question)
            new = CandidateGroup(number, question.language, GroupState.OPEN, (question.text,))
            return [*candidates, new]
        if not await self._join(question, chosen):
            return await self._store.members.candidates()  # staff have changed something meanwhile
        with_it = replace(chosen, texts=tuple(dict.fromkeys([*chosen.texts, question.text])))
        return [with_it if group is chosen else group for group in candidates]

    async def _join(self, question: RecordedQuestion, chosen: CandidateGroup) -> bool:
        """Whether the question could be put into the group; not when staff have just finished one merely alike."""
        async with self._workspace.storage.unit():
            (group,) = await self._store.groups.lock(chosen.number)
            is_open = group.state in UNFINISHED
            if group.state is GroupState.MERGED or not (is_open or _has_words(question.text, chosen.texts)):
                return False
            now = self._workspace.clock()
            if not await self._store.members.join(question.number, group.number, now):
                return False
            await self._changes.joined(group)
            return True

    async def _place_alone(self, question: RecordedQuestion) -> int:
        """The number of the question's group, which is a new one where it had none.

        Raises NotFollowedUpError for a question that is not open.
        """
        async with self._workspace.storage.unit():
            known = await self._store.members.group_of(question.number)
            if known is not None:
                return known
            now = self._workspace.clock()
            number = await self._store.groups.open(question, now)
            if await self._store.members.join(question.number, number, now):
                return number
            await self._store.groups.remove(number)
            known = await self._store.members.group_of(question.number)
            if known is None:
                raise NotFollowedUpError(question.number)
            return known


async def _choose(text: str, groups: list[CandidateGroup], placer: Placer) -> CandidateGroup | None:
    """The group that the text belongs to. Equal words need no judgement.

    What staff have answered or dismissed is theirs alone who asked in those words: whoever asks something alike is
    neither told another's answer nor dismissed unseen.
    """
    for group in groups:
        if _has_words(text, group.texts):
            return group
    unfinished = [group for group in groups if group.state in UNFINISHED]
    if not unfinished:
        return None
    index = await placer.place(text, [group.texts for group in unfinished])
    return None if index is None else unfinished[index]


def _has_words(text: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts is this one, but for spaces and marks."""
    letters = letters_of(text)
    return bool(letters) and letters in map(letters_of, texts)
