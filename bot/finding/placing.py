"""Places unanswered questions into groups, where the knowledge is loaded."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.finding.async_finder import AsyncFinder, Opened
    from knowledge.grouping import QuestionGrouping
    from knowledge.matching.analysis import Analyzer


class FinderPlacer:
    """Has the finder's process decide which questions ask the same; implements bot.follow_up.placing.Placer."""

    def __init__(self, finder: AsyncFinder) -> None:
        self._finder = finder

    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:
        """The index of the group whose questions ask the same as `question`; None when it is a new one's first.

        Raises FindingError when it cannot be decided now.
        """
        return await self._finder.ask(place, question, [tuple(texts) for texts in groups])


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
