"""What is counted for the statistics: figures without any citizen in them, kept for ever."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tally(StrEnum):
    """What is counted."""

    ASKED = "asked"
    """Every question."""
    ANSWERED = "answered"
    """Questions that the assistant answered."""
    SUGGESTED = "suggested"
    REFUSED = "refused"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    ANSWERED_BY_STAFF = "answered_by_staff"
    """Questions in groups that staff answered."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something was counted on a day, for a topic and an entry (empty where there is none)."""

    day: date
    kind: Tally
    topic: str
    entry_id: str
    count: int


@dataclass(frozen=True, slots=True)
class CountedVote:
    """Whether an answer helped a citizen, and which entry it was."""

    helpful: bool
    topic: str
    entry_id: str
    day: date


class VoteOutcome(StrEnum):
    """What became of a vote."""

    COUNTED = "counted"
    CHANGED = "changed"
    """The citizen had voted the other way before; the newer vote counts in its place."""
    SAME = "same"
    """The citizen had voted so before; nothing more is counted."""
