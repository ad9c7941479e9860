"""What was asked, answered and voted, and how the work stands: statistics, the digest, and what is overdue."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.follow_up.workspace import Workspace
from bot.records.groups import UNFINISHED, Group, GroupState
from bot.records.questions import Counted, Tally
from knowledge.base import Entry

_MOST_ASKED = 10
_MOST_IN_DIGEST = 5
_MOST_OVERDUE = 20
_HOURS = 24
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


@dataclass(frozen=True, slots=True)
class Digest:
    """How the work stands at a moment. `failed` is how many citizens could not be told in the last week."""

    at: datetime
    open: int
    taken: int
    drafted: int
    overdue: int
    most_overdue: tuple[Group, ...]
    """Overdue groups, the longest waiting first."""
    most_asked: tuple[Group, ...]
    """Unfinished groups, those of the most questions first."""
    newly_waiting: tuple[tuple[Group, int], ...]
    """Unfinished groups of before, and how many more citizens have asked in the last day to be told."""
    new_drafts: int
    failed: int


class Reports:
    """Makes reports. All raise StorageError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    async def statistics(self, days: int = 30) -> Statistics:
        """The figures of the last so many days, today among them; raises StorageError."""
        last = self._workspace.today()
        first = last - timedelta(days=days - 1)
        since = datetime.combine(first, time(), self._workspace.timezone)
        counted = await self._store.tallies.between(first, last)
        times = sorted(await self._store.reminders.times_to_answer(since))
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
            most_asked=tuple(await self._store.groups.most_asked(_STATES, since, _MOST_ASKED)),
        )

    async def unanswered_by_hour(self, days: int = 30) -> list[tuple[int, int]]:
        """For each hour of the day in the city, how many of the questions of the last days were not answered then."""
        first = self._workspace.today() - timedelta(days=days - 1)
        moments = await self._workspace.storage.questions.moments(
            datetime.combine(first, time(), self._workspace.timezone)
        )
        counts = Counter(moment.astimezone(self._workspace.timezone).hour for moment in moments)
        return [(hour, counts[hour]) for hour in range(_HOURS)]

    async def overdue(self, limit: int = _MOST_OVERDUE) -> list[Group]:
        """Unfinished groups past their due date that staff were not reminded of, the longest waiting first."""
        return await self._store.reminders.overdue(self._workspace.clock(), limit, reminded=False)

    async def remind(self, group: int) -> bool:
        """Whether staff are to be reminded of the group now; from then on they are taken to be."""
        return await self._store.reminders.claim(group, self._workspace.clock())

    async def claim_digest(self, channel: str) -> bool:
        """Whether today's digest is still to be sent to the staff of that channel; from then on it counts as sent."""
        return await self._store.cards.claim_digest(channel, self._workspace.today(), self._workspace.clock())

    def reviews_due(self) -> Mapping[str | None, tuple[Entry, ...]]:
        """The entries of the knowledge base that somebody must look at once more, by who answers for them."""
        return self._workspace.knowledge().due_by_owner(self._workspace.today())

    async def claim_reviews(self, channel: str) -> bool:
        """Whether this month's list of those is still to be sent there; from then on it counts as sent."""
        month = self._workspace.today().replace(day=1)
        return await self._store.cards.claim_digest(f"{channel}-reviews", month, self._workspace.clock())

    async def digest(self) -> Digest:
        """How the work stands now."""
        now = self._workspace.clock()
        counts = await self._store.reminders.counts(now)
        most_overdue = await self._store.reminders.overdue(now, _MOST_IN_DIGEST, reminded=None)
        most_asked = await self._store.groups.most_asked(UNFINISHED, None, _MOST_IN_DIGEST)
        newly = await self._store.reminders.newly_waiting(now - timedelta(days=1), _MOST_IN_DIGEST)
        return Digest(
            now,
            **counts,
            most_overdue=tuple(most_overdue),
            most_asked=tuple(most_asked),
            newly_waiting=tuple(newly),
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
