"""From a citizen's question to a reply, recording what could not be answered, with a memory for what was asked last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.dialogue.conversations import Memory
from bot.masking import mask
from bot.matcher_process import AsyncFinder
from bot.questions import Nearest, NewQuestion, QuestionRecords, QuestionState
from knowledge.base import Entry, KnowledgeBase, Language
from knowledge.finding import Finding, Outcome

_STATE_AT_FIRST = {Outcome.SUGGESTIONS: QuestionState.OFFERED, Outcome.FALLBACK: QuestionState.OPEN}


_MISSING = " missing"
"""Follows a conversation's name where it is remembered what its citizen was asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a citizen gets to a question: what was found, and the number it is recorded under, where it is."""

    finding: Finding
    number: int | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class Assistant:
    """Answers from the knowledge base that `finder` finds in; `records` keeps the questions it could not answer.

    With a `memory`, the questions of one conversation are understood with each other.
    """

    def __init__(
        self,
        finder: AsyncFinder,
        records: QuestionRecords | None = None,
        clock: Callable[[], datetime] = _now,
        memory: Memory | None = None,
    ) -> None:
        self.clock = clock
        self._finder = finder
        self._records = records
        self._memory = memory

    @property
    def knowledge(self) -> KnowledgeBase:
        """What questions are answered from now; another one after a reload. Raises FindingError before it is loaded."""
        return self._finder.knowledge

    async def reply(self, question: str, origin: str | None = None, conversation: str | None = None) -> Reply:
        """The reply to a question; recorded under `origin` when it could not be answered and `origin` is given.

        It is read with what was asked last in the `conversation`, a name such as `telegram:<chat>`. Personal numbers
        are masked before anything else sees the question.
        Raises StorageError when the question could not be recorded, and FindingError when it could not be looked up.
        """
        masked = mask(question)
        previous = await self._recall(conversation)
        finding = await self._finder.find(masked, previous)
        number = await self._record(masked, finding, origin)
        if finding.outcome is not Outcome.FALLBACK:  # what was not understood helps nobody to understand the next one
            await self._remember(conversation, finding.remembered)
        return Reply(finding, number)

    async def go_on_from(self, entry: Entry, language: Language, conversation: str) -> None:
        """The citizen was shown an entry: what is asked next is read with its question."""
        await self._remember(conversation, entry.question.in_language(language))

    async def end(self, conversation: str) -> None:
        """What is asked next is read by itself."""
        if self._memory:
            await self._memory.forget(conversation)

    async def expect_missing(self, entry_id: str, conversation: str) -> None:
        """The citizen of the conversation is asked what was missing in an entry's answer."""
        await self._remember(f"{conversation}{_MISSING}", entry_id)

    async def expected_missing(self, conversation: str) -> str | None:
        """The entry whose answer the citizen was asked about a while ago; None where nobody asked, or it is over."""
        return await self._recall(f"{conversation}{_MISSING}")

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

    async def _recall(self, conversation: str | None) -> str | None:
        return await self._memory.recall(conversation, self.clock()) if self._memory and conversation else None

    async def _remember(self, conversation: str | None, text: str | None) -> None:
        if self._memory and conversation and text:
            await self._memory.remember(conversation, text, self.clock())

    async def _record(self, masked: str, finding: Finding, origin: str | None) -> int | None:
        state = _STATE_AT_FIRST.get(finding.outcome)
        if self._records is None or origin is None or state is None:
            return None
        nearest = tuple(Nearest(found.entry.id, round(found.confidence, 4)) for found in finding.candidates)
        question = NewQuestion(origin, masked, finding.language, finding.outcome, state, nearest, asked_at=self.clock())
        return await self._records.record(question)
