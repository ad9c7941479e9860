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


class FinderPlacer:
    """Has the finder's process decide which questions ask the same; implements bot.follow_up.placement.Placer.

    That process does one thing at a time, so nothing is placed while `busy` says that citizens wait for answers.
    """

    def __init__(self, finder: AsyncFinder, busy: Callable[[], bool] = lambda: False) -> None:
        self._finder = finder
        self._busy = busy

    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:
        """The index of the group whose questions ask the same as `question`; None when it is a new one's first.

        Raises FindingError when it cannot be decided now.
        """
        await self._wait_for_a_lull()
        return await self._finder.ask(place, question, [tuple(texts) for texts in groups])

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


class _Grouping:
    """What groups questions by the vocabulary of a knowledge base; made at the first question, kept for the next."""

    lock = Lock()
    _made: tuple[Opened, QuestionGrouping] | None = None

    @classmethod
    def of(cls, opened: Opened) -> QuestionGrouping:
        from knowledge.grouping import QuestionGrouping

        if cls._made is None or cls._made[0] is not opened:
            cls._made = (opened, QuestionGrouping(_analyzer(opened)))
        return cls._made[1]


def _analyzer(opened: Opened) -> Analyzer:
    """The one that reads citizens' questions, as another one takes seconds and memory."""
    from knowledge.matching.analysis import Analyzer
    from knowledge.matching.evidence_matcher import EvidenceMatcher

    matcher = opened.finder.matcher
    return matcher.analyzer if isinstance(matcher, EvidenceMatcher) else Analyzer(opened.knowledge.vocabulary)
