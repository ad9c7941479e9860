"""The errors of this room.

FollowUpError                 (an AssistantError)
├── ActRefusedError           the group is not in a state for this act; says who did what first, and when
├── UnsuitableTextError       an answer, a question to citizens or a reason cannot be sent as it is written
├── UnconfirmedTextError      what looks like personal information would be read by citizens, and nobody confirmed it
├── UnknownGroupError         no group has this number
├── NotFollowedUpError        the question is settled or may still be: staff need not look at it
├── UnknownEntryError         the knowledge base has no such entry
├── UnknownDraftError         no draft has this number
├── UnknownSuggestionError    no suggested wording has this number
├── UnknownReceiptError       this citizen has no such receipt
├── UnknownSavedReplyError    no saved reply has this number
├── UnknownPreviewError       the preview was sent already, or is too old
├── NotTheAskerError          the question was asked in another chat
└── DraftFaultsError          drafts cannot be written as they are; every fault names its draft
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import AssistantError
from bot.records.groups import Deed


class FollowUpError(AssistantError):
    """Base of everything that goes wrong in this room."""


class Refusal(StrEnum):
    """Why an act is refused."""

    TAKEN = "taken"
    """Somebody else has taken the group."""
    DRAFTED = "drafted"
    """Somebody has drafted an answer that waits for approval."""
    ANSWERED = "answered"
    DISMISSED = "dismissed"
    MERGED = "merged"
    """The group's questions belong to another group now."""
    NOT_TAKEN = "not_taken"
    """There is nothing to hand over."""
    NOT_DRAFTED = "not_drafted"
    """There is nothing to approve."""
    OWN_DRAFT = "own_draft"
    """Whoever drafted an answer cannot approve it."""
    NOT_CLOSED = "not_closed"
    """There is nothing to open again."""
    CHANGED = "changed"
    """The answer is not the one that was seen."""
    NOT_WRITER = "not_writer"
    """Somebody else wrote the preview."""
    NOTHING_TO_UNDO = "nothing_to_undo"
    TOO_LATE = "too_late"
    """The minute for undoing is over."""
    WRONG_QUESTIONS = "wrong_questions"
    """They are not the group's, or they are all of it."""
    SAME_GROUP = "same_group"
    """A group cannot be merged with itself."""
    OTHER_QUESTIONS = "other_questions"
    """The group has other questions than the preview showed."""
    NO_ANSWER = "no_answer"
    """The entry is a known gap, which answers nothing."""
    NOBODY_ASKS = "nobody_asks"
    """Nobody who asked wants to be told, so nobody can be asked back."""


_REASONS = {
    Refusal.TAKEN: "has been taken by {by} at {at}; let them hand it over first",
    Refusal.DRAFTED: "has an answer drafted by {by} at {at}; approve it, or hand the group over",
    Refusal.ANSWERED: "was answered by {by} at {at}",
    Refusal.DISMISSED: "was dismissed by {by} at {at}",
    Refusal.MERGED: "has been merged by {by} at {at}; see the group it went into",
    Refusal.NOT_TAKEN: "has not been taken by anybody",
    Refusal.NOT_DRAFTED: "has no answer that waits for approval",
    Refusal.OWN_DRAFT: "has an answer drafted by {by}; another staff member must approve it",
    Refusal.NOT_CLOSED: "is open already",
    Refusal.CHANGED: "has another answer by {by} since {at}; look at it first",
    Refusal.NOT_WRITER: "has a preview that {by} wrote; only they can send it",
    Refusal.NOTHING_TO_UNDO: "has no act that could be undone",
    Refusal.TOO_LATE: "was changed by {by} at {at}; an act can be undone for one minute only",
    Refusal.WRONG_QUESTIONS: "can be split by some of its own questions only, not by others and not by all",
    Refusal.SAME_GROUP: "cannot be merged with itself",
    Refusal.OTHER_QUESTIONS: "has other questions now than the preview showed; look at it again",
    Refusal.NO_ANSWER: "cannot be linked to a known gap, which answers nothing; choose another entry",
    Refusal.NOBODY_ASKS: "has nobody who wants to be told, so nobody can be asked back",
}


class ActRefusedError(FollowUpError):
    """The group is not in a state for the act. `deed` says who did what is in the way, and when."""

    def __init__(self, group: int, refusal: Refusal, deed: Deed | None = None) -> None:
        self.group, self.refusal, self.deed = group, refusal, deed
        by, at = (deed.by.name, f"{deed.at:%Y-%m-%d %H:%M} UTC") if deed else ("somebody", "an unknown time")
        super().__init__(f"group {group} {_REASONS[refusal].format(by=by, at=at)}")


class TextProblem(StrEnum):
    """Why a text cannot be sent."""

    EMPTY = "empty"
    INVISIBLE = "invisible"
    """It has only characters that nobody sees."""
    TOO_LONG = "too_long"


class Caution(StrEnum):
    """What staff should think about before they send a text."""

    PERSONAL_NUMBER = "personal_number"
    """It holds what looks like a personal number; a public workspace's may be published."""
    MARKUP = "markup"
    """It holds characters of markup, which citizens will see as they are written."""
    TOO_LONG_FOR_ENTRY = "too_long_for_entry"
    """It can be sent, but is too long for an entry of the knowledge base."""


class UnsuitableTextError(FollowUpError):
    """A text cannot be sent. `length` and `limit` are in characters (code points)."""

    def __init__(self, problem: TextProblem, length: int, limit: int) -> None:
        self.problem, self.length, self.limit = problem, length, limit
        said = {
            TextProblem.EMPTY: "the text is empty; write what citizens should read",
            TextProblem.INVISIBLE: "the text has only invisible characters; write what citizens should read",
            TextProblem.TOO_LONG: f"the text has {length:,} characters; {limit:,} are possible: shorten it",
        }
        super().__init__(said[problem])


class UnconfirmedTextError(FollowUpError):
    """Texts hold what looks like personal information; a person must look at them and confirm that they may be read.

    The message does not repeat them: it may be written into a log.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        super().__init__("a text holds what looks like personal information; look at it, and confirm that it is public")


class UnknownGroupError(FollowUpError):
    """No group has the number that was given."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"there is no group {number}; see: python main.py questions groups")


class NotFollowedUpError(FollowUpError):
    """Staff need not look at the question: its suggestions helped, or may still help."""

    def __init__(self, question: int) -> None:
        self.question = question
        super().__init__(f"question {question} is not unanswered: suggestions were shown, and may have helped")


class UnknownEntryError(FollowUpError):
    """The knowledge base has no entry of that id."""

    def __init__(self, entry_id: str) -> None:
        self.entry_id = entry_id
        super().__init__(f"no entry has the id {entry_id!r}; see the ids in the files of entries/")


class UnknownDraftError(FollowUpError):
    """No draft has the number that was given, or it is written or discarded already."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"there is no new draft {number}; see: python main.py drafts list")


class UnknownSuggestionError(FollowUpError):
    """No suggested wording has the number that was given, or there is a draft of it already."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"there is no suggested wording {number}; see: python main.py drafts suggest")


class UnknownReceiptError(FollowUpError):
    """The citizen has no question with that receipt."""

    def __init__(self, receipt: str) -> None:
        self.receipt = receipt
        super().__init__(f"there is no question with the receipt {receipt!r} in this chat")


class UnknownPreviewError(FollowUpError):
    """The preview was sent already, or it is too old."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"the preview {number} was sent already or is too old; write the answer again")


class UnknownSavedReplyError(FollowUpError):
    """No saved reply has the number that was given."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"there is no saved reply {number}; somebody has removed it")


class NotTheAskerError(FollowUpError):
    """Somebody wants to be told the answer to a question that was asked in another chat."""

    def __init__(self, question: int) -> None:
        self.question = question
        super().__init__(f"question {question} was not asked in this chat")


@dataclass(frozen=True, slots=True)
class DraftFault:
    """What is wrong with a draft, and what to do."""

    draft: int
    message: str

    def __str__(self) -> str:
        return f"draft {self.draft}: {self.message}"


class DraftFaultsError(FollowUpError):
    """Drafts cannot be written as they are; nothing was written."""

    def __init__(self, faults: Sequence[DraftFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, faults)))
