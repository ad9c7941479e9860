"""Figures of what was asked and answered."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.follow_up.changing import Changing
from bot.records.groups import Group, GroupState
from bot.records.tallies import Counted, Tally

_MOST_ASKED = 10
_STATES = [state for state in GroupState if state is not GroupState.MERGED]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted."""

    asked: int = 0
    answered: int = 0
    suggested: int = 0
    refused: int = 0
    helpful: int = 0
    unhelpful: int = 0
    answered_by_staff: int = 0

    @property
    def helpful_share(self) -> float | None:
        """The share of votes that say an answer helped, in 0..1; None without votes."""
        votes = self.helpful + self.unhelpful
        return self.helpful / votes if votes else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of the days from `first` to `last`, both among them.

    `median` and `p90` are the times from the first question of a group to the answer, for groups answered in those
    days; nine of ten were answered within `p90`. `by_topic` has topics' ids, empty for what belongs to none.
    """

    first: date
    last: date
    total: Figures
    by_day: tuple[tuple[date, Figures], ...]
    by_topic: tuple[tuple[str, Figures], ...]
    groups_answered: int
    median: timedelta | None
    p90: timedelta | None
    most_asked: tuple[Group, ...]


class Reporting(Changing):
    """Makes statistics."""

    async def statistics(self, days: int = 30) -> Statistics:
        """The figures of the last so many days, today among them; raises StorageError."""
        last = self.today()
        first = last - timedelta(days=days - 1)
        since = datetime.combine(first, time(), self.timezone)
        counted = await self.store.tallies.between(first, last)
        times = sorted(await self.store.reminders.times_to_answer(since))
        dates = [first + timedelta(days=number) for number in range(days)]
        return Statistics(
            first=first,
            last=last,
            total=_figures(counted),
            by_day=tuple((day, _figures(each for each in counted if each.day == day)) for day in dates),
            by_topic=_by_topic(counted),
            groups_answered=len(times),
            median=_quantile(times, 0.5),
            p90=_quantile(times, 0.9),
            most_asked=tuple(await self.store.groups.most_asked(_STATES, since, _MOST_ASKED)),
        )


def _by_topic(counted: Sequence[Counted]) -> tuple[tuple[str, Figures], ...]:
    topics = sorted({each.topic for each in counted})
    figures = [(topic, _figures(each for each in counted if each.topic == topic)) for topic in topics]
    return tuple(sorted(figures, key=lambda pair: -pair[1].asked))


def _figures(counted: Iterable[Counted]) -> Figures:
    totals: Counter[str] = Counter()
    for each in counted:
        totals[each.kind] += each.count
    return Figures(**{kind.value: totals[kind] for kind in Tally})


def _quantile(ordered: Sequence[timedelta], share: float) -> timedelta | None:
    """The smallest time within which that share was answered."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None
