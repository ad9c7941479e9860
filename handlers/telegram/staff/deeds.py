"""One press or reply of a staff member: what it is about, and how it is answered."""

from dataclasses import dataclass

from telegram import Message

from bot.records.errors import (
    ActRefusedError,
    FollowUpError,
    UnknownEntryError,
    UnknownGroupError,
    UnknownPreviewError,
    UnsuitableTextError,
)
from bot.records.groups import StaffMember
from handlers.telegram.staff.markup import shortened
from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.staff.saying import Saying
from handlers.telegram.updates.effects import Effects


@dataclass(frozen=True, slots=True)
class Deed:
    """A staff member does something with a message: their own reply, or the one whose button they pressed."""

    room: StaffRoom
    message: Message
    by: StaffMember
    user: int
    effects: Effects

    @property
    def say(self) -> Saying:
        """Speaks where it is done."""
        return Saying(self.message, self.room, self.effects)

    def prompt(self, group: int, kind: str, words: str) -> None:
        """Asks whoever does it for a reply."""
        self.say.prompt(group, kind, words, (self.user, shortened(self.by.name, 60)))


def explained(error: FollowUpError, room: StaffRoom) -> str:
    """Why an act was not done, in the staff's words."""
    words = room.words
    match error:
        case ActRefusedError(group=number, refusal=refusal, deed=deed):
            by, at = (shortened(deed.by.name, 60), room.moment(deed.at)) if deed else ("", "")
            return words.refusals[refusal].format(number=number, by=by, at=at)
        case UnsuitableTextError(problem=problem, length=length, limit=limit):
            return words.problems[problem].format(length=f"{length:,}", limit=f"{limit:,}")
        case UnknownGroupError():
            return words.unknown_group
        case UnknownEntryError():
            return words.unknown_entry
        case UnknownPreviewError():
            return words.unknown_preview
    return words.stale
