"""What the sender has done since it began, for the metrics."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counters:
    """Numbers that only grow."""

    sent: int = 0
    """Calls that were made."""
    retried: int = 0
    """Calls that were put off: they are made again."""
    moved: int = 0
    """Calls whose chat had a new id."""
    closed: Counter[str] = field(default_factory=Counter)
    """Calls that were given up, by reason."""
    refused: int = 0
    """How often Telegram said that there were too many calls."""
    failed: int = 0
    """How often there was no answer, or none of Telegram's own."""
    doubtful: int = 0
    """Calls of which it was not known whether they had an effect."""
    found: int = 0
    """Doubtful calls whose message was there."""
    missed: int = 0
    """Doubtful calls whose message was not there, which were made again."""
    on_sent: Callable[[int], None] = lambda _: None
    """Told of the number of each call that was made."""
