"""From a citizen's question to a reply, recording what could not be answered."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.masking import mask
from bot.questions import Nearest, NewQuestion, QuestionRecords, QuestionState
from knowledge.base import Entry, KnowledgeBase
from knowledge.finding import Finder, Finding, Outcome

_STATE_AT_FIRST = {Outcome.SUGGESTIONS: QuestionState.OFFERED, Outcome.FALLBACK: QuestionState.OPEN}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a citizen gets to a question: what was found, and the number it is recorded under, where it is."""

    finding: Finding
    number: int | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class Assistant:
    """Answers from one knowledge base; `records` keeps the questions it could not answer."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        finder: Finder,
        records: QuestionRecords | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.knowledge = knowledge
        self.clock = clock
        self._finder = finder
        self._records = records

    async def reply(self, question: str, origin: str | None = None, previous: str | None = None) -> Reply:
        """The reply to a question; recorded under `origin` when it could not be answered and `origin` is given.

        Personal numbers are masked before anything else sees the question.
        Raises StorageError when the question could not be recorded.
        """
        masked = mask(question)
        finding = await asyncio.to_thread(self._finder.find, masked, previous)
        return Reply(finding, await self._record(masked, finding, origin))

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, or None when the knowledge base no longer has it."""
        return self.knowledge.entries.get(entry_id)

    async def turn_down(self, number: int) -> bool:
        """The citizen found nothing among the suggestions: the question is unanswered. False when that was known."""
        return self._records is not None and await self._records.turn_down(number)

    async def choose(self, number: int) -> None:
        """The citizen chose one of the suggestions, so the question is settled."""
        if self._records is not None:
            await self._records.settle(number)

    async def _record(self, masked: str, finding: Finding, origin: str | None) -> int | None:
        state = _STATE_AT_FIRST.get(finding.outcome)
        if self._records is None or origin is None or state is None:
            return None
        nearest = tuple(Nearest(found.entry.id, round(found.confidence, 4)) for found in finding.candidates)
        question = NewQuestion(origin, masked, finding.language, finding.outcome, state, nearest, asked_at=self.clock())
        return await self._records.record(question)
