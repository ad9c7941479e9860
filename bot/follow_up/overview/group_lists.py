"""Lists of groups as staff filter them, with counts beside each part of the filter."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.follow_up.workspace import Workspace
from bot.records.groups import (
    AGES,
    FilterCounts,
    Group,
    GroupFilter,
    GroupKind,
    GroupOrder,
    GroupPage,
    NearestEntries,
)
from knowledge.base import KnowledgeBase

A_PAGE = 50
_Value = TypeVar("_Value")


class GroupLists:
    """Lists groups. All raise StorageError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._search = workspace.store.search

    async def page(
        self, chosen: GroupFilter, order: GroupOrder = GroupOrder.WAITING, number: int = 1, size: int = A_PAGE
    ) -> GroupPage:
        """The page of that number, the first being 1, of the groups that the filter leaves."""
        now, knowledge = self._workspace.clock(), self._workspace.knowledge()
        kinds = await self._search.kinds(now, chosen.text)
        entries = _entries(chosen, knowledge)
        groups = await self._search.page(
            chosen, entries, order=order, now=now, offset=(max(1, number) - 1) * size, limit=size
        )
        counts = _Counting(chosen, kinds, knowledge)
        return GroupPage(tuple(groups), counts.total(), counts.of_each())

    async def first(self, chosen: GroupFilter, order: GroupOrder, limit: int) -> list[Group]:
        """The first groups that the filter leaves, without any counts."""
        now, entries = self._workspace.clock(), _entries(chosen, self._workspace.knowledge())
        return await self._search.page(chosen, entries, order=order, now=now, offset=0, limit=limit)

    async def last_change(self) -> datetime | None:
        """When a group changed last in a way that staff can see; None before there are groups."""
        return await self._search.last_change()


class _Counting:
    """Counts groups by kind, under a filter with one part of it left open."""

    def __init__(self, chosen: GroupFilter, kinds: Mapping[GroupKind, int], knowledge: KnowledgeBase) -> None:
        self._chosen = chosen
        self._kinds = kinds
        self._topics = {entry.id: entry.topic_id for entry in knowledge.entries.values()}

    def total(self) -> int:
        """How many the whole filter leaves."""
        return sum(self._count(self._chosen, lambda _: True).values())

    def of_each(self) -> FilterCounts:
        """How many each value of each part would leave."""
        chosen = self._chosen
        days = self._count(replace(chosen, days=0), lambda kind: kind.days)
        return FilterCounts(
            states=self._count(replace(chosen, states=()), lambda kind: kind.state),
            topics=self._count(replace(chosen, topic=None), self._topic),
            languages=self._count(replace(chosen, language=None), lambda kind: kind.language),
            days={age: sum(count for reached, count in days.items() if reached >= age) for age in AGES},
            waited_for=self._count(replace(chosen, waited_for=True), lambda _: True)[True],
            unhelpful=self._count(replace(chosen, unhelpful=True), lambda _: True)[True],
        )

    def _count(self, chosen: GroupFilter, by: Callable[[GroupKind], _Value]) -> Counter[_Value]:
        counts: Counter[_Value] = Counter()
        for kind, count in self._kinds.items():
            if self._is_left(kind, chosen):
                counts[by(kind)] += count
        return counts

    def _is_left(self, kind: GroupKind, chosen: GroupFilter) -> bool:
        return (
            (not chosen.states or kind.state in chosen.states)
            and (chosen.topic is None or self._topic(kind) == chosen.topic)
            and (chosen.language is None or kind.language == chosen.language)
            and kind.days >= chosen.days
            and kind.waited_for >= chosen.waited_for
            and kind.unhelpful >= chosen.unhelpful
        )

    def _topic(self, kind: GroupKind) -> str:
        return self._topics.get(kind.nearest, "")


def _entries(chosen: GroupFilter, knowledge: KnowledgeBase) -> NearestEntries | None:
    """The entries of the filter's topic; for no topic, what is no entry any more."""
    if chosen.topic is None:
        return None
    if not chosen.topic:
        return NearestEntries(list(knowledge.entries), are_excluded=True)
    return NearestEntries([entry.id for entry in knowledge.entries.values() if entry.topic_id == chosen.topic])
