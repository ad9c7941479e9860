"""Which groups staff want to see, in which order, and how many there are of each kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.records.groups import UNFINISHED, Group, GroupState
from knowledge.base import Language

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
