"""From a citizen's question to a reply, recording what could not be answered, with a memory for what was asked last."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.dialogue.interpreter import Interpretation, LatinWords, Setting, interpret, is_noise, spoken_language
from bot.dialogue.memory import ANSWERS_TO_SUGGESTIONS, Memory, Offer, chosen_of, read_offer, write_offer
from bot.dialogue.query import Query, normalised, on_the_rest
from bot.dialogue.safety import Alarm, alarm_in
from bot.dialogue.small_talk import Service, Talk
from bot.errors import FindingError
from bot.event_loop import aside
from bot.follow_up.citizen_desk import StaffReply
from bot.masking import hides_telephone_number, mask
from bot.matcher_process.async_finder import AsyncFinder
from bot.records.questions import Nearest, NewQuestion, QuestionRecords, QuestionState
from knowledge.base import Entry, KnowledgeBase, Language
from knowledge.finding import MOST_SUGGESTIONS, Finding, Outcome
from knowledge.matching.back_references import names_something, without_pointing_back
from knowledge.text.particles import attached

_WORTH_A_BUTTON = 0.1
"""The confidence from which an entry is offered to whoever is asked back what they mean."""
_STATE_AT_FIRST = {Outcome.SUGGESTIONS: QuestionState.OFFERED, Outcome.FALLBACK: QuestionState.OPEN}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a citizen gets: what was found, and the number that the question is recorded under.

    `question` is masked and without courtesies. A service reply has nothing found, unless it gives the number to call
    in doubt, and the answer too. `lacking` are those of several questions in the message that were not answered.
    """

    question: str
    said: Interpretation
    finding: Finding
    number: int | None = None
    lacking: tuple[str, ...] = ()
    telephone_hidden: bool = False
    """Whether a telephone number stood in the message, which nobody has seen."""
    paused: bool = False
    """Whether staff have stopped the assistant from answering, so that the question is only recorded."""
    staff_reply: StaffReply | None = None
    """What staff said already to the same question."""
    chosen_for: int = 0
    """The recorded question among whose suggestions the citizen chose this answer in words."""
    refused: int = 0
    """The recorded question whose suggestions the citizen turned down in words."""

    @property
    def service(self) -> Service | None:
        """The kind of service reply; None for the reply to a question."""
        return self.said.service

    @property
    def state_at_first(self) -> QuestionState | None:
        """How the question is recorded, where it is."""
        if self.service or not self.said.queries:
            return None
        if self.paused or self.lacking or (self.said.about_today and self.finding.outcome is Outcome.ANSWER):
            return QuestionState.OPEN
        return _STATE_AT_FIRST.get(self.finding.outcome)

    @property
    def is_for_staff(self) -> bool:
        """Whether there is something to record for staff."""
        return self.state_at_first is not None or self.refused > 0


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
        self._latin: tuple[KnowledgeBase, LatinWords] | None = None

    @property
    def knowledge(self) -> KnowledgeBase:
        """What questions are answered from now; another one after a reload. Raises FindingError before it is loaded."""
        return self._finder.knowledge

    @property
    def is_finder_away(self) -> bool:
        """Whether questions wait until what finds is back."""
        return self._finder.is_away

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, or None when the knowledge base no longer has it."""
        return self.knowledge.entries.get(entry_id)

    async def reply(
        self, question: str, origin: str | None = None, conversation: str | None = None, usual: Language = "ko"
    ) -> Reply:
        """The reply to a message, kept as `keep` does; for whoever needs no transaction around it.

        Raises FindingError and StorageError.
        """
        return await self.keep(await self.consider(question, conversation, usual), origin, conversation)

    async def consider(self, question: str, conversation: str | None = None, usual: Language = "ko") -> Reply:
        """The reply to a message, nothing of which is kept yet: the number to call, or what `answer` gives."""
        alarm = await aside(alarm_in, question)
        if alarm and alarm.sure:
            return warning(alarm, question, usual)
        return await self.answer(question, alarm, conversation, usual)

    async def answer(
        self, question: str, alarm: Alarm | None, conversation: str | None = None, usual: Language = "ko"
    ) -> Reply:
        """The reply to a message that raises no alarm, or a doubtful one; nothing of it is kept yet.

        It is read with what was asked last in the `conversation`, a name such as `telegram:<chat>`. `usual` is the
        language of the citizen's program. Personal numbers are masked before anything else sees the question. Raises
        FindingError when a question could not be looked up; with an alarm its number is given all the same.
        """
        try:
            masked = await aside(mask, question)
            found = await self._answer(masked, alarm, conversation, usual)
            return replace(found, telephone_hidden=hides_telephone_number(masked))
        except FindingError:
            if not alarm:
                raise
            return warning(alarm, question, usual)

    async def _answer(self, masked: str, alarm: Alarm | None, conversation: str | None, usual: Language) -> Reply:
        previous = await self._memory.recall(conversation, self.clock()) if self._memory and conversation else None
        said = interpret(masked, self._setting(usual, follows=previous is not None), alarm)
        if said.talk in ANSWERS_TO_SUGGESTIONS and conversation and self._memory:
            offered = read_offer(await self._memory.recall(_offered_in(conversation), self.clock()), previous)
            if offered:
                return self._answered(said, offered)
        unclear = {Talk.UNCLEAR: masked, Talk.OTHERWISE: previous}.get(said.talk) if said.talk else None
        if unclear:
            return await self._asked_back(unclear, said, but_the_first=said.talk is Talk.OTHERWISE)
        if not said.queries:
            return _served(said)
        finding, lacking = await look_up(self._finder, said, previous)
        if said.remark and not alarm and finding.outcome is not Outcome.ANSWER:
            return _served(replace(said, talk=Talk.HEARD, queries=()))
        if not alarm and finding.outcome is not Outcome.ANSWER and is_noise(said.question):
            return _served(replace(said, talk=Talk.NOTHING, queries=()))
        return Reply(said.question, said, replace(finding, language=said.language), lacking=lacking)

    def _answered(self, said: Interpretation, offered: Offer) -> Reply:
        """The suggestion that the citizen chose in words; or none of them helped."""
        choice = chosen_of(said, offered)
        entry = self.entry(choice) if choice else None
        if entry:
            question = entry.question.in_language(said.language)
            shown = Finding(Outcome.ANSWER, said.language, 1.0, entry, remembered=question)
            answered = Interpretation(said.language, question=question, queries=(Query(question),))
            return Reply(question, answered, shown, chosen_for=offered.number)
        return replace(_served(said), refused=offered.number if said.talk in (Talk.NO, Talk.OTHERWISE) else 0)

    async def _asked_back(self, question: str, said: Interpretation, *, but_the_first: bool = False) -> Reply:
        """Asks what is meant, with what the base has on it; `but_the_first` where that one was not what was meant."""
        found = (await self._finder.find(question)).candidates
        near = [each.entry for each in found if each.confidence >= _WORTH_A_BUTTON]
        unwanted = near[:1] if but_the_first else []
        ids = (
            entry_id
            for entry in near
            for entry_id in (entry.see_also if entry.known_gap or entry in unwanted else (entry.id,))
        )
        entries = [entry for entry in map(self.entry, dict.fromkeys(ids)) if entry and not entry.known_gap]
        asked_back = Finding(Outcome.FALLBACK, said.language, 0.0, suggestions=tuple(entries[:MOST_SUGGESTIONS]))
        return replace(_served(said), finding=asked_back)

    def _setting(self, usual: Language, *, follows: bool) -> Setting:
        knowledge = self.knowledge
        if self._latin is None or self._latin[0] is not knowledge:
            self._latin = (knowledge, LatinWords.of(knowledge))
        about = knowledge.about
        return Setting(usual, about.languages, about.place_names, self._latin[1], follows=follows)

    async def keep(self, reply: Reply, origin: str | None, conversation: str | None) -> Reply:
        """Records a question that could not be answered under its `origin`, and has the next one read with it.

        The reply with its number. Without `origin` nothing is recorded. Raises StorageError.
        """
        finding = reply.finding
        if reply.refused:
            await self.turn_down(reply.refused)
        if reply.chosen_for and finding.entry:
            await self.choose(reply.chosen_for, finding.entry.id)
        if not reply.said.queries:
            return reply
        if finding.outcome is not Outcome.FALLBACK:  # what was not understood helps nobody to understand the next one
            await self._remember(conversation, finding.remembered)
        number = await self._record(reply, origin)
        if finding.outcome is Outcome.SUGGESTIONS and conversation:
            ids = tuple(entry.id for entry in finding.suggestions)
            offer = Offer(number or 0, ids[1:], ids[0]) if finding.likely else Offer(number or 0, ids)
            await self._remember(_offered_in(conversation), write_offer(offer, finding.remembered))
        return replace(reply, number=number)

    async def go_on_from(self, entry: Entry, language: Language, conversation: str) -> None:
        """The citizen was shown an entry: what is asked next is read with its question. Raises StorageError."""
        await self._remember(conversation, entry.question.in_language(language))

    async def end(self, conversation: str) -> None:
        """What is asked next is read by itself. Raises StorageError."""
        if self._memory:
            for name in (conversation, _offered_in(conversation), _missing_in(conversation)):
                await self._memory.forget(name)

    async def expect_missing(self, entry_id: str, conversation: str) -> None:
        """The citizen of the conversation is asked what was missing in an entry's answer. Raises StorageError."""
        await self._remember(_missing_in(conversation), entry_id)

    async def expected_missing(self, conversation: str) -> str | None:
        """The entry whose answer the citizen was asked about a while ago; None where nobody asked, or it is over."""
        return await self._memory.recall(_missing_in(conversation), self.clock()) if self._memory else None

    async def reply_to_album(self, album: str, conversation: str) -> None:
        """A part of the album is replied to, so that the others need no reply. Raises StorageError."""
        await self._remember(_album_in(conversation), album)

    async def replied_to_album(self, album: str, conversation: str) -> bool:
        """Whether a part of the album was replied to a while ago."""
        recalled = await self._memory.recall(_album_in(conversation), self.clock()) if self._memory else None
        return recalled == album

    async def turn_down(self, number: int) -> bool:
        """The citizen found nothing among the suggestions: the question is unanswered. False when that was known."""
        return self._records is not None and await self._records.turn_down(number)

    async def number_of(self, origin: str) -> int:
        """The number of the question that was recorded under the origin; 0 where none was."""
        return await self._records.number_of(origin) if self._records is not None else 0

    async def choose(self, number: int, entry_id: str) -> None:
        """The citizen chose this one of the suggestions, so the question is settled."""
        if self._records is not None:
            await self._records.settle(number, entry_id)

    async def _remember(self, conversation: str | None, text: str | None) -> None:
        if self._memory and conversation and text:
            await self._memory.remember(conversation, text, self.clock())

    async def _record(self, reply: Reply, origin: str | None) -> int | None:
        finding, state = reply.finding, reply.state_at_first
        if self._records is None or origin is None or state is None:
            return None
        nearest = tuple(Nearest(found.entry.id, round(found.confidence, 4)) for found in finding.candidates)
        text = ", ".join(reply.lacking) or reply.question
        question = NewQuestion(origin, text, finding.language, finding.outcome, state, nearest, asked_at=self.clock())
        return await self._records.record(question)


def warning(alarm: Alarm, question: str, usual: Language) -> Reply:
    """The number to call; it needs nothing that could be away."""
    return _served(Interpretation(spoken_language(question, usual) or usual, alarm))


def _served(said: Interpretation) -> Reply:
    return Reply("", said, Finding(Outcome.FALLBACK, said.language, 0.0))


def _album_in(conversation: str) -> str:
    """Under which name it is remembered which album of the conversation was replied to."""
    return f"{conversation} album"


def _offered_in(conversation: str) -> str:
    """Under which name it is remembered what the conversation's citizen was offered."""
    return f"{conversation} offered"


def _missing_in(conversation: str) -> str:
    """Under which name it is remembered what the conversation's citizen was asked."""
    return f"{conversation} missing"


Found = tuple[Finding, tuple[str, ...]]
"""What was found, and those of several questions that were not answered."""
_SEVERAL = 2
_CLEARLY = 0.1
"""By how much surer what is found on a subject must be than what is found without it."""
_PARTICLE = re.compile(r"(?<=[가-힣A-Za-z0-9]{2})(?:은|는|이|가|을|를|의|이랑|랑|에서|에|도|란|이란)?[?,.]*$")


async def look_up(finder: AsyncFinder, said: Interpretation, previous: str | None) -> Found:
    """What answers the questions of a message, read with the `previous` one. Raises FindingError."""
    return await _Lookup(finder, previous).of(said)


class _Lookup:
    def __init__(self, finder: AsyncFinder, previous: str | None) -> None:
        self._finder = finder
        self._previous = previous

    async def of(self, said: Interpretation) -> Found:
        several = await self._each(said.queries) if len(said.queries) > 1 else None
        if several:
            return several
        whole = said.queries[0] if len(said.queries) == 1 else Query(normalised(said.question))
        finding = await self._find(whole, self._previous)
        each = await self._each_thing(said, finding) if said.things else None
        return each or (finding, ())

    async def _each_thing(self, said: Interpretation, whole: Finding) -> Found | None:
        """The same question on each of several things; None where the whole question is better answered.

        One answer to all of them is better, unless it is but the answer to one of them.
        """
        each = await self._each(said.things)
        if not each:
            return None
        finding, lacking = each
        answers = {entry.id for entry in (finding.entry, *finding.further) if entry}
        if whole.outcome is Outcome.ANSWER and whole.entry:
            return each if not lacking and (said.lists or whole.entry.id in answers) else None
        return each if not lacking or said.lists else None

    async def _each(self, queries: Sequence[Query]) -> Found | None:
        """The answers to several questions as one finding; None where they are rather one question."""
        found: list[Finding] = []
        previous = self._previous
        for query in queries:
            finding = await self._find(query, previous)
            if found and finding.outcome is not Outcome.ANSWER:  # the subject often stands in the first question alone
                subject = queries[0].text.split(maxsplit=1)[0]
                with_subject = await self._find(replace(query, text=f"{subject} {query.text}"), None)
                finding = with_subject if with_subject.outcome is Outcome.ANSWER else finding
            found.append(finding)
            previous = f"{previous} {query.text}" if previous and found[1:] else query.text
        answers = {each.entry.id: each for each in found if each.outcome is Outcome.ANSWER and each.entry}
        lacking = tuple(
            query.text for query, each in zip(queries, found, strict=True) if each.outcome is not Outcome.ANSWER
        )
        if not answers or len(answers) < _SEVERAL - bool(lacking):
            return None
        first, *others = answers.values()
        further = tuple(other.entry for other in others if other.entry)
        return replace(first, further=further, understood=None, remembered=found[-1].remembered), lacking

    async def _find(self, query: Query, previous: str | None) -> Finding:
        """What is found for a question; what it excludes is not offered, and the others of its kind are."""
        finding = await self._finder.find(query.text, previous)
        if not query.excluded:
            return await self._on_the_subject(query.text, previous, finding) if previous else finding
        plain = on_the_rest(query.text)
        findings = [finding] if plain == query.text else [finding, await self._finder.find(plain, previous)]
        for each in findings:
            if each.outcome is Outcome.ANSWER and each.entry and not _is_on(each.entry, query.excluded):
                return each
        offered = await self._others(query, findings)
        if not offered:
            return finding
        return replace(finding, outcome=Outcome.SUGGESTIONS, entry=None, further=(), suggestions=offered, likely=False)

    async def _on_the_subject(self, question: str, previous: str, finding: Finding) -> Finding:
        """What is found for a question that names nothing ('where is it?') on the subject of the one before it."""
        if names_something(finding.morphemes):
            return finding
        subject = _PARTICLE.sub("", previous.split(maxsplit=1)[0])
        on_it = await self._finder.find(f"{attached(subject, '은')} {without_pointing_back(question)}")
        if on_it.outcome is Outcome.SUGGESTIONS or on_it.confidence <= finding.confidence + _CLEARLY:
            return finding
        return replace(on_it, remembered=finding.remembered)

    async def _others(self, query: Query, findings: Sequence[Finding]) -> tuple[Entry, ...]:
        """The entries to offer in place of what is excluded: first those that ask the same of its like."""
        named = [await self._finder.find(name) for name in query.excluded]
        on_it = [entry for each in named for entry in _entries(each) if _is_on(entry, query.excluded)][:1]
        alike = [
            entry
            for entry in self._finder.knowledge.entries.values()
            if any(_frame(entry) == _frame(other) for other in on_it)
        ]
        entries = {entry.id: entry for entry in (*alike, *(entry for each in findings for entry in _entries(each)))}
        others = (entry for entry in entries.values() if not entry.known_gap and not _is_on(entry, query.excluded))
        return tuple(others)[:MOST_SUGGESTIONS]


def _entries(finding: Finding) -> tuple[Entry, ...]:
    return tuple(candidate.entry for candidate in finding.candidates)


def _frame(entry: Entry) -> tuple[str, str]:
    """The topic of an entry, and its question without the first word, which names what it is on."""
    return entry.topic_id, entry.question.ko.partition(" ")[2] or entry.id


def _is_on(entry: Entry, names: Sequence[str]) -> bool:
    """Whether an entry's question is on one of the things."""
    asked = f"{entry.question.ko} {entry.question.en or ''}".lower()
    return any(re.sub(r"\s", "", name.lower()) in asked.replace(" ", "") for name in names)
