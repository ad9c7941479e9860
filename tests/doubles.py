"""Stand-ins for what is slow or elsewhere: a matcher with known results, a finder over it, and records in memory."""

from collections.abc import Mapping, Sequence

from bot.errors import FindingError, StorageError, UnknownQuestionError
from bot.matcher_process.async_finder import Answer, Arguments, InThread, Method, find
from bot.records.questions import NewQuestion, QuestionState, RecordedQuestion
from knowledge.base import KnowledgeBase, Language
from knowledge.finding import Finder, Finding
from knowledge.matching import Candidate, Match


class FixedMatcher:
    """Knows exact questions, each with its entries' ids and confidences; everything else matches nothing.

    A question that is known as `previous > question` is understood only after that one. A text of several known
    questions, each with its mark, is understood as all of them.
    """

    def __init__(self, knowledge: KnowledgeBase, known: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        self._knowledge = knowledge
        self._known = known
        self.asked: list[str] = []
        self.previous: list[str | None] = []

    def match(self, question: str, previous: str | None = None) -> Match:
        self.asked.append(question)
        self.previous.append(previous)
        together = f"{previous} > {question}"
        read = together if together in self._known else question
        entries = self._knowledge.entries
        found = tuple(Candidate(entries[entry_id], confidence) for entry_id, confidence in self._known.get(read, ()))
        language: Language = "en" if question.isascii() else "ko"
        understood = "예산이 얼마예요?" if question == "dPtksdl djfaodPdy?" else None
        return Match(found, language, understood, read, parts=self._parts(question))

    def least_confidence(self, wrong_answers: float, *, practised: bool = True) -> float:  # noqa: ARG002
        return 0.8

    def _parts(self, text: str) -> tuple[Candidate, ...]:
        questions = [f"{part.strip()}?" for part in text.split("?") if part.strip()]
        known = [self._known[question][0] for question in questions if question in self._known]
        if len(known) < 2 or len(known) < len(questions):
            return ()
        return tuple(Candidate(self._knowledge.entries[entry_id], confidence) for entry_id, confidence in known)


class ReplaceableFinder:
    """Finds by exact questions in a knowledge base that a test replaces; `broken` makes every method fail."""

    def __init__(self, knowledge: KnowledgeBase, known: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        self.broken = False
        self.replace(knowledge, known)

    def replace(self, knowledge: KnowledgeBase, known: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        """From now on it is this one, as after a reload."""
        self._now = InThread(knowledge, Finder(FixedMatcher(knowledge, known)))

    @property
    def knowledge(self) -> KnowledgeBase:
        return self._now.knowledge

    @property
    def is_away(self) -> bool:
        return self.broken

    async def find(self, question: str, previous: str | None = None) -> Finding:
        return await self.ask(find, question, previous)

    async def ask(
        self, method: Method[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        if self.broken:
            raise FindingError("the process that looks questions up has ended")
        return await self._now.ask(method, *arguments, **named)


class MemoryRecords:
    """Keeps questions in memory; `broken` makes every call fail."""

    def __init__(self) -> None:
        self.kept: dict[int, RecordedQuestion] = {}
        self.origins: dict[str, int] = {}
        self.broken = False

    async def record(self, question: NewQuestion) -> int:
        self._check()
        if question.origin not in self.origins:
            number = len(self.kept) + 1
            self.origins[question.origin] = number
            self.kept[number] = RecordedQuestion(
                number,
                question.text,
                question.language,
                question.outcome,
                question.state,
                question.nearest,
                question.asked_at,
            )
        return self.origins[question.origin]

    async def number_of(self, origin: str) -> int:
        self._check()
        return self.origins.get(origin, 0)

    async def turn_down(self, number: int) -> bool:
        return self._move(number, QuestionState.OPEN)

    async def settle(self, number: int, entry_id: str) -> bool:  # noqa: ARG002
        return self._move(number, QuestionState.SETTLED)

    async def listed(self, state: QuestionState | None = None, limit: int | None = None) -> list[RecordedQuestion]:
        self._check()
        kept = [question for question in self.kept.values() if state in (None, question.state)]
        return kept[::-1][:limit]

    async def get(self, number: int) -> RecordedQuestion:
        self._check()
        if number not in self.kept:
            raise UnknownQuestionError(number)
        return self.kept[number]

    def states(self) -> list[QuestionState]:
        """The state of every question, oldest first."""
        return [question.state for question in self.kept.values()]

    def _move(self, number: int, state: QuestionState) -> bool:
        self._check()
        before = self.kept.get(number)
        if not before or before.state is not QuestionState.OFFERED:
            return False
        self.kept[number] = RecordedQuestion(
            number, before.text, before.language, before.outcome, state, before.nearest, before.asked_at
        )
        return True

    def _check(self) -> None:
        if self.broken:
            raise StorageError("the database cannot be used")
