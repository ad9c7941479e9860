"""Groups of unanswered questions, what staff have done with them, and which of them staff want to see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.records.questions import Nearest
from knowledge.base import Language

DUE_AFTER = timedelta(days=7)
"""After the first of its questions, a group should be answered."""
UNDO_FOR = timedelta(minutes=1)
"""For so long an act can be undone; an answer waits as long before it is sent."""


class GroupState(StrEnum):
    """Where a group stands."""

    OPEN = "open"
    TAKEN = "taken"
    """A staff member works on it."""
    DRAFTED = "drafted"
    """An answer waits for another staff member's approval."""
    ANSWERED = "answered"
    DISMISSED = "dismissed"
    MERGED = "merged"
    """Its questions belong to another group now."""


UNFINISHED = (GroupState.OPEN, GroupState.TAKEN, GroupState.DRAFTED)


class Act(StrEnum):
    """What can be done with a group."""

    TAKE = "take"
    HAND_OVER = "hand_over"
    ANSWER = "answer"
    LINK = "link"
    APPROVE = "approve"
    ASK_BACK = "ask_back"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    SPLIT = "split"
    MERGE = "merge"
    UNDO = "undo"
    WRITE_DRAFT = "write_draft"
    CHANGE_DRAFT = "change_draft"
    DISCARD_DRAFT = "discard_draft"
    IMPORT_SHEET = "import_sheet"
    """A workbook has changed the knowledge base."""
    SIGN_IN = "sign_in"
    """To the console."""
    SIGN_OUT = "sign_out"
    PAUSE = "pause"
    """Citizens get no answers for now."""
    RESUME = "resume"
    REFUSED = "refused"
    """Somebody tried what they may not do."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Who acts. `id` is unique over all doors, such as `telegram:12345` or `terminal:kim`."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, and when."""

    by: StaffMember
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What staff answered: in Korean, in English, or in both."""

    ko: str | None = None
    en: str | None = None

    def in_language(self, language: Language) -> str:
        """The text in that language, or in the other one where it was not answered in it."""
        text = (self.en or self.ko) if language == "en" else (self.ko or self.en)
        return text or ""

    def of_language(self, language: Language) -> str | None:
        """The text in that language, if there is one."""
        return self.en if language == "en" else self.ko


@dataclass(frozen=True, slots=True)
class Standing:
    """All that acts change about a group. An answer is sent from `send_at` on."""

    state: GroupState = GroupState.OPEN
    taken: Deed | None = None
    answer: Answer | None = None
    answered: Deed | None = None
    """Who answered, linked or drafted."""
    approved: Deed | None = None
    entry_id: str | None = None
    """The entry that the group is linked to."""
    dismissed: Deed | None = None
    reason: str | None = None
    """Why it was dismissed."""
    merged: Deed | None = None
    merged_into: int | None = None
    send_at: datetime | None = None
    seen: tuple[int, ...] | None = None
    """The questions that were before the eyes of whoever answered; None where that was not kept.

    What joins an answered group by itself is not among them, and becomes no way to ask in a draft.
    """


class DismissalReason(StrEnum):
    """Why a group needs no answer, where it is one of the usual reasons; `Standing.reason` holds its value."""

    UNRELATED = "unrelated"
    UNCLEAR = "unclear"
    ELSEWHERE = "elsewhere"
    """Another office handles it."""
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class SavedReply:
    """An answer that staff keep to give it again; `by` is who saved it."""

    number: int
    text: str
    by: StaffMember
    at: datetime


@dataclass(frozen=True, slots=True)
class LastAct:
    """The last act, with all that is needed to undo it.

    `moved` are the questions that went from `source` to this group or, in a split, from this group to `other`.
    """

    act: Act
    deed: Deed
    before: Standing
    moved: tuple[int, ...] = ()
    other: int | None = None
    other_before: Standing | None = None
    ask_back: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same. `revision` grows with each change that staff can see."""

    number: int
    title: str
    """The masked words of its first question."""
    language: Language
    languages: tuple[Language, ...]
    count: int
    people: int
    """How many citizens asked; whoever asked more than once counts once."""
    waiting: int
    """How many of them want to be told and are not yet."""
    first_asked_at: datetime
    last_asked_at: datetime
    due_at: datetime
    nearest: tuple[Nearest, ...]
    revision: int
    standing: Standing
    last: LastAct | None = None
    changed_at: datetime | None = None
    answer_revision: int = 0
    """The revision with which the answer last changed."""

    @property
    def state(self) -> GroupState:
        """Where it stands."""
        return self.standing.state

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been answered by now."""
        return self.state in UNFINISHED and now > self.due_at


@dataclass(frozen=True, slots=True)
class Note:
    """What a citizen wrote when asked back; masked."""

    group: int
    question: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AskBack:
    """A question of staff to those who asked; it is sent from `send_at` on."""

    number: int
    group: int
    text: str
    by: StaffMember
    send_at: datetime


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One act as it is kept for two years; `before` and `after` hold nothing that citizens wrote."""

    number: int
    at: datetime
    by: StaffMember
    act: Act
    group: int | None
    before: dict[str, object]
    after: dict[str, object]


AGES = (0, 1, 3, 7)
"""Days since the first question: groups are at least so old."""


class GroupOrder(StrEnum):
    """Which groups come first."""

    WAITING = "waiting"
    """Of the most citizens who want to be told."""
    COUNT = "count"
    """Of the most questions."""
    OLDEST = "oldest"
    NEWEST = "newest"
    DUE = "due"
    """Due first."""


@dataclass(frozen=True, slots=True)
class GroupFilter:
    """What a group is like; None and False ask for nothing."""

    states: tuple[GroupState, ...] = UNFINISHED
    topic: str | None = None
    """The id of the topic of the nearest entry; empty where there is none."""
    language: Language | None = None
    days: int = 0
    """Since its first question."""
    waited_for: bool = False
    """Somebody wants to be told."""
    unhelpful: bool = False
    """An answer was given to one of its questions, and did not help."""
    text: str = ""
    """Each of these words is in one of its questions; a number is that of the group."""


@dataclass(frozen=True, slots=True)
class NearestEntries:
    """The entries that a topic is made of: groups whose nearest entry is one of these, or is none of these."""

    ids: Collection[str]
    are_excluded: bool = False

    def holds(self, entry_id: str) -> bool:
        """Whether that nearest entry is meant."""
        return (entry_id in self.ids) is not self.are_excluded


@dataclass(frozen=True, slots=True)
class GroupKind:
    """What groups are counted by. `days` is the largest of AGES that they have reached."""

    state: GroupState
    language: Language
    nearest: str
    days: int
    waited_for: bool
    unhelpful: bool


@dataclass(frozen=True, slots=True)
class FilterCounts:
    """How many groups there would be with one part of the filter set to each of its values, the others as they are."""

    states: Mapping[GroupState, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[Language, int] = field(default_factory=dict)
    days: Mapping[int, int] = field(default_factory=dict)
    waited_for: int = 0
    unhelpful: int = 0


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Some of the groups that a filter leaves, and the counts beside it. `total` is how many it leaves."""

    groups: tuple[Group, ...]
    total: int
    counts: FilterCounts
