"""From a citizen's question to a reply, recording what could not be answered, with a memory for what was asked last."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.dialogue.memory import Memory
from bot.masking import mask
from bot.matcher_process import AsyncFinder
from bot.questions import Nearest, NewQuestion, QuestionRecords, QuestionState
from knowledge.base import Entry, KnowledgeBase, Language
from knowledge.finding import Finding, Outcome

_STATE_AT_FIRST = {Outcome.SUGGESTIONS: QuestionState.OFFERED, Outcome.FALLBACK: QuestionState.OPEN}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a citizen gets to a question, which is masked: what was found, and the number it is recorded under."""

    question: str
    finding: Finding
    number: int | None = None

    @property
    def is_for_staff(self) -> bool:
        """Whether the question is one to record."""
        return self.finding.outcome in _STATE_AT_FIRST


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

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, or None when the knowledge base no longer has it."""
        return self.knowledge.entries.get(entry_id)

    async def reply(self, question: str, origin: str | None = None, conversation: str | None = None) -> Reply:
        """The reply to a question, kept as `keep` does; for whoever needs no transaction around it.

        Raises FindingError and StorageError.
        """
        return await self.keep(await self.consider(question, conversation), origin, conversation)

    async def consider(self, question: str, conversation: str | None = None) -> Reply:
        """The reply to a question, nothing of which is kept yet.

        It is read with what was asked last in the `conversation`, a name such as `telegram:<chat>`. Personal numbers
        are masked before anything else sees the question. Raises FindingError when it could not be looked up.
        """
        masked = mask(question)
        previous = await self._memory.recall(conversation, self.clock()) if self._memory and conversation else None
        return Reply(masked, await self._finder.find(masked, previous))

    async def keep(self, reply: Reply, origin: str | None, conversation: str | None) -> Reply:
        """Records a question that could not be answered under its `origin`, and has the next one read with it.

        The reply with its number. Without `origin` nothing is recorded. Raises StorageError.
        """
        finding = reply.finding
        if finding.outcome is not Outcome.FALLBACK:  # what was not understood helps nobody to understand the next one
            await self._remember(conversation, finding.remembered)
        return replace(reply, number=await self._record(reply, origin))

    async def go_on_from(self, entry: Entry, language: Language, conversation: str) -> None:
        """The citizen was shown an entry: what is asked next is read with its question. Raises StorageError."""
        await self._remember(conversation, entry.question.in_language(language))

    async def end(self, conversation: str) -> None:
        """What is asked next is read by itself. Raises StorageError."""
        if self._memory:
            await self._memory.forget(conversation)

    async def expect_missing(self, entry_id: str, conversation: str) -> None:
        """The citizen of the conversation is asked what was missing in an entry's answer. Raises StorageError."""
        await self._remember(_missing_in(conversation), entry_id)

    async def expected_missing(self, conversation: str) -> str | None:
        """The entry whose answer the citizen was asked about a while ago; None where nobody asked, or it is over."""
        return await self._memory.recall(_missing_in(conversation), self.clock()) if self._memory else None

    async def turn_down(self, number: int) -> bool:
        """The citizen found nothing among the suggestions: the question is unanswered. False when that was known."""
        return self._records is not None and await self._records.turn_down(number)

    async def choose(self, number: int) -> None:
        """The citizen chose one of the suggestions, so the question is settled."""
        if self._records is not None:
            await self._records.settle(number)

    async def _remember(self, conversation: str | None, text: str | None) -> None:
        if self._memory and conversation and text:
            await self._memory.remember(conversation, text, self.clock())

    async def _record(self, reply: Reply, origin: str | None) -> int | None:
        finding = reply.finding
        state = _STATE_AT_FIRST.get(finding.outcome)
        if self._records is None or origin is None or state is None:
            return None
        nearest = tuple(Nearest(found.entry.id, round(found.confidence, 4)) for found in finding.candidates)
        question = NewQuestion(
            origin, reply.question, finding.language, finding.outcome, state, nearest, asked_at=self.clock()
        )
        return await self._records.record(question)


def _missing_in(conversation: str) -> str:
    """Under which name it is remembered what the conversation's citizen was asked."""
    return f"{conversation} missing"
