"""Places unanswered questions into groups, where the knowledge is loaded."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.matcher_process.async_finder import AsyncFinder, Opened
    from knowledge.grouping import QuestionGrouping
    from knowledge.matching.analysis import Analyzer


_LOOKING_AGAIN = 0.1
_PATIENCE = 2.0
"""Seconds; where citizens never stop asking, one of their questions in so many seconds is placed all the same."""
_READ_AT_ONCE = 16
"""Texts: a fifth of a second, for which citizens wait."""


class FinderPlacer:
    """Has the finder's process decide which questions ask the same; it is the Placer and the
    GroupComparison of bot.follow_up.placement.

    That process does one thing at a time, so nothing is placed while `busy` says that citizens wait for answers.
    """

    def __init__(self, finder: AsyncFinder, busy: Callable[[], bool] = lambda: False) -> None:
        self._finder = finder
        self._busy = busy

    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:
        """The index of the group whose questions ask the same as `question`; None when it is a new one's first.

        Raises FindingError when it cannot be decided now.
        """
        texts = await self._read(groups)
        return await self._finder.ask(place, question, texts)

    async def close(self, group: int, groups: Sequence[Sequence[str]]) -> list[int]:
        """The indices of the groups that may ask the same as the one of that index; the likest first.

        Raises FindingError when it cannot be decided now.
        """
        texts = await self._read(groups)
        return await self._finder.ask(close, group, texts)

    async def _read(self, groups: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
        """The groups' texts, all of which the finder's process has read, a few at a time."""
        texts = [tuple(each) for each in groups]
        await self._wait_for_a_lull()
        while not await self._finder.ask(read_ahead, [text for each in texts for text in each]):
            await self._wait_for_a_lull()
        return texts

    async def _wait_for_a_lull(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while self._busy():  # noqa: ASYNC110 - there is no event for many small ones being over
                    await asyncio.sleep(_LOOKING_AGAIN)


def place(opened: Opened, question: str, groups: Sequence[tuple[str, ...]]) -> int | None:
    """The method behind `FinderPlacer.place`. What it needs of the knowledge room only the finder's process loads."""
    from knowledge.grouping import GroupTexts

    with _Grouping.lock:
        return _Grouping.of(opened).place(question, [GroupTexts(texts) for texts in groups]).group


def close(opened: Opened, group: int, groups: Sequence[tuple[str, ...]]) -> list[int]:
    """The method behind `FinderPlacer.close`."""
    from knowledge.grouping import GroupTexts

    with _Grouping.lock:
        return [near.group for near in _Grouping.of(opened).close(group, [GroupTexts(texts) for texts in groups])]


def read_ahead(opened: Opened, texts: Sequence[str]) -> bool:
    """Reads some of the texts that will be compared; whether all are read now."""
    with _Grouping.lock:
        return _Grouping.of(opened).read_ahead(texts, _READ_AT_ONCE)


class _Grouping:
    """What groups questions by the vocabulary of a knowledge base; made at the first question, kept for the next."""

    lock = Lock()
    _made: tuple[Opened, QuestionGrouping] | None = None

    @classmethod
    def of(cls, opened: Opened) -> QuestionGrouping:
        from knowledge.grouping import QuestionGrouping, background_of
        from knowledge.matching.likeness import open_embedder

        if cls._made is None or cls._made[0] is not opened:
            grouping = QuestionGrouping(_analyzer(opened), background_of(opened.knowledge), embedder=open_embedder())
            cls._made = (opened, grouping)
        return cls._made[1]


def _analyzer(opened: Opened) -> Analyzer:
    """The one that reads citizens' questions, as another one takes seconds and memory."""
    from knowledge.matching.analysis import Analyzer
    from knowledge.matching.evidence_matcher import EvidenceMatcher

    matcher = opened.finder.matcher
    return matcher.analyzer if isinstance(matcher, EvidenceMatcher) else Analyzer(opened.knowledge.vocabulary)
