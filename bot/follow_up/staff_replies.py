"""What staff have answered or dismissed already, for whoever asks it again in the same words."""

from dataclasses import dataclass
from datetime import datetime

from bot.follow_up.workspace import Workspace
from bot.records.groups import Group, GroupState
from bot.wording import sentences
from bot.wording.attribution import contact_lines
from knowledge.base import About, Language
from knowledge.text.cleaning import letters_of


@dataclass(frozen=True, slots=True)
class StaffReply:
    """What staff said to a question: their answer, or without `answered_at` why there is none, and whom to ask.

    `entry_id` is the entry that they linked, if they did.
    """

    group: int
    text: str
    answered_at: datetime | None = None
    entry_id: str | None = None


def reply_of(group: Group, about: About, language: Language) -> StaffReply | None:
    """What staff said to the group's questions, in that language where they wrote it; None for an unfinished group."""
    standing = group.standing
    if group.state is GroupState.DISMISSED:
        reason = standing.reason or ""
        why = sentences(language).closed_because.get(reason, reason)
        return StaffReply(group.number, f"{why}\n\n{contact_lines(about, language).replace('**', '')}")
    if group.state is not GroupState.ANSWERED or standing.answer is None or standing.answered is None:
        return None
    return StaffReply(group.number, standing.answer.in_language(language), standing.answered.at, standing.entry_id)


class StaffReplies:
    """Finds what staff said already."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    async def to(self, question: str, language: Language) -> StaffReply | None:
        """What staff said to this very question, but for spaces and marks, once it may be sent; raises StorageError."""
        letters = letters_of(question)
        if not letters:
            return None
        now = self._workspace.clock()
        for number, text in await self._store.members.finished(now, len(letters)):
            if letters_of(text) == letters:
                group = await self._store.groups.get(number)
                return reply_of(group, self._workspace.knowledge().about, language)
        return None
