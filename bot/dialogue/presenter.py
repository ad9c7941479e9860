"""Turns replies, entries and topics into the messages that citizens read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, tzinfo

from bot.dialogue.assistant import Assistant, Reply
from bot.dialogue.messages import (
    AskSample,
    Button,
    ChooseSuggestion,
    Message,
    NoneOfThese,
    ShowEntry,
    ShowTopic,
    ShowTopics,
    TellMe,
    Vote,
    VoteOnReply,
    Withdraw,
)
from bot.dialogue.safety import Alarm
from bot.dialogue.small_talk import Service, Talk
from bot.follow_up.citizen_desk import MyQuestion, StaffReply, reply_of
from bot.follow_up.notification import Notice, NoticeKind
from bot.masking import hides_telephone_number
from bot.records.groups import GroupState
from bot.records.questions import AskerState
from bot.wording import Sentences, basis_line, contact_lines, sentences, written_date
from bot.wording.helplines import NUMBERS
from knowledge.base import Bilingual, Entry, KnowledgeBase, Language, Topic
from knowledge.finding import Finding, Outcome
from knowledge.text.particles import attached

ENTRIES_A_PAGE = 8
_MOST_LISTED = 10
_MOST_ANSWERED = 300
"""Characters of an answer that stand in a list."""


class Presenter:
    """Writes messages about one knowledge base; `timezone` is the citizens', for what is due today.

    Only where the assistant is `staffed` does it say that staff get something: where nobody looks, it promises nothing.
    """

    def __init__(self, assistant: Assistant, timezone: tzinfo, *, staffed: bool = True) -> None:
        self._assistant = assistant
        self.timezone = timezone
        self._staffed = staffed

    def words(self, language: Language) -> Sentences:
        """The sentences of that language, which are true of whether anybody looks."""
        return sentences(language, staffed=self._staffed)

    def hidden(self, masked: str, language: Language) -> str:
        """That a telephone number in the text was hidden and nobody will call; empty where there was none."""
        return sentences(language).telephone_hidden if hides_telephone_number(masked) else ""

    @property
    def _knowledge(self) -> KnowledgeBase:
        return self._assistant.knowledge

    def reply(self, reply: Reply) -> Message:
        """The message that replies to a question."""
        message = self._question(reply) if reply.said.queries or reply.refused else self._service(reply)
        if not reply.telephone_hidden or reply.said.alarm:
            return message
        return replace(message, text=f"{message.text}\n\n{sentences(reply.said.language).telephone_hidden}")

    def _question(self, reply: Reply) -> Message:
        if reply.paused:
            alarm = safety_text(reply.said.alarm, reply.finding.language) if reply.said.alarm else ""
            return Message("\n\n".join(filter(None, (alarm, self.words(reply.finding.language).paused))))
        if reply.staff_reply:
            return self._staff_reply(reply.staff_reply, reply.finding.language)
        if reply.refused:
            return self.turned_down(reply.refused, reply.said.language)
        if reply.chosen_for and reply.finding.entry:
            return self.chosen(reply.finding.entry, reply.finding.language)
        finding, words = reply.finding, sentences(reply.finding.language)
        message = self._outcome(reply)
        above = self._today_line(reply) if reply.said.about_today else ""
        understood = words.understood.format(text=finding.understood) if finding.understood else ""
        basis = self._basis_name(finding.language)
        below = "\n".join(words.part_lacking.format(question=part, basis=basis) for part in reply.lacking)
        safety = safety_text(reply.said.alarm, finding.language) if reply.said.alarm else ""
        shown = replace(message, text="\n\n".join(filter(None, (safety, above, understood, message.text, below))))
        if reply.number is not None and finding.outcome is Outcome.ANSWER:
            return replace(shown, buttons=(Button(words.tell_me, TellMe(reply.number)), *shown.buttons), verdict=())
        return replace(shown, verdict=()) if reply.service else shown

    def _staff_reply(self, said: StaffReply, language: Language) -> Message:
        """What staff said to the same question before, at once."""
        words, text = sentences(language), said.text.replace("**", "")
        if said.answered_at is None:
            return Message(words.known_closed.format(text=text))
        day = written_date(said.answered_at.astimezone(self.timezone).date().isoformat(), words)
        return Message(words.known_answer.format(text=text, day=day), (), _verdict_on(said.group, said.entry_id, words))

    def _today_line(self, reply: Reply) -> str:
        words, finding = sentences(reply.finding.language), reply.finding
        found = finding.suggestions or (finding.entry and not finding.entry.known_gap)
        return (words.today if found else words.today_unknown).format(basis=self._basis_name(finding.language))

    def _basis_name(self, language: Language) -> str:
        basis = self._knowledge.about.basis
        return basis.in_language(language) if basis else sentences(language).basis_unknown

    def _service(self, reply: Reply) -> Message:
        """The reply to what is no question."""
        said = reply.said
        if said.alarm:
            return Message(safety_text(said.alarm, said.language))
        talk, words, about = said.talk or Talk.NOTHING, sentences(said.language), self._knowledge.about
        text = words.talk[talk].format(
            name=about.name.in_language(said.language) if about.name else words.name_unknown,
            scope=about.scope.in_language(said.language) if about.scope else words.scope_unknown,
            basis=self._basis_name(said.language),
            place=about.places[0].in_language(said.language) if about.places else "",
            greeting=about.greeting.in_language(said.language) if about.greeting else words.greeting_unknown,
        )
        if talk in (Talk.CONTACT, Talk.INSULT, Talk.MAKER, Talk.TRUST):
            text = f"{text}\n{self._contact(said.language)}"
        if talk in (Talk.GREETING, Talk.MENU, Talk.HELP, Talk.WHO, Talk.ABILITY):
            return self._with_samples(text, said.language)
        choices = [
            Button(entry.question.in_language(said.language), ShowEntry(entry.id))
            for entry in reply.finding.suggestions
        ]
        with_topics = said.service in (Service.MENU, Service.ABOUT, Service.CLARIFY)
        return Message(text, (*choices, Button(words.topics_button, ShowTopics())) if with_topics else ())

    def _with_samples(self, text: str, language: Language) -> Message:
        """The text with questions to begin with as buttons, where an editor gave some, and the way to the topics."""
        words, samples = sentences(language), self._knowledge.about.samples
        buttons = [Button(sample.in_language(language), AskSample(number)) for number, sample in enumerate(samples)]
        heading = words.samples_heading if samples else ""
        return Message(
            "\n\n".join(filter(None, (text, heading))), (*buttons, Button(words.topics_button, ShowTopics()))
        )

    def sample(self, number: int, language: Language) -> str | None:
        """The sample question of that number; None where an editor has taken it away."""
        samples = self._knowledge.about.samples
        return samples[number].in_language(language) if number < len(samples) else None

    def _contact(self, language: Language) -> str:
        return contact_lines(self._knowledge.about, language)

    def welcome(self, language: Language) -> Message:
        """What a conversation begins with."""
        words, about = self.words(language), self._knowledge.about
        greeting = about.greeting.in_language(language) if about.greeting else words.greeting_unknown
        return self._with_samples(f"{greeting}\n\n{words.welcome}", language)

    def help(self, language: Language) -> Message:
        """How to ask, and whom to ask where the assistant cannot help."""
        return self._with_samples(f"{self.words(language).help}\n\n{self._contact(language)}", language)

    def description(self, language: Language) -> tuple[str, str]:
        """What the assistant is, as a paragraph and as a name, for where it can be found before it is asked."""
        words, about = sentences(language), self._knowledge.about
        name = about.name.in_language(language) if about.name else words.name_unknown
        scope = about.scope.in_language(language) if about.scope else words.scope_unknown
        return words.description.format(name=name, scope=scope), name

    def _outcome(self, reply: Reply) -> Message:
        finding = reply.finding
        if finding.outcome is Outcome.ANSWER and finding.entry:
            if finding.further:
                return self._several((finding.entry, *finding.further), finding.language)
            return self.entry(finding.entry, finding.language)
        if finding.outcome is Outcome.SUGGESTIONS:
            return self._suggestions(finding, reply.number or 0)
        return self._fallback(finding, reply.number)

    def _suggestions(self, finding: Finding, number: int) -> Message:
        """Entries to choose from. The answer of a likely one is shown at once, under its question."""
        words, language = sentences(finding.language), finding.language
        first, *others = finding.suggestions
        text = words.suggestions
        if finding.likely:
            asked = words.likely.format(question=first.question.in_language(language).replace("**", ""))
            text = f"{asked}\n\n{self._answer(first, language)}"
        choices = others if finding.likely else finding.suggestions
        buttons = [
            Button(entry.question.in_language(language), ChooseSuggestion(number, entry.id)) for entry in choices
        ]
        return Message(text, (*buttons, Button(words.none_of_these, NoneOfThese(number))))

    def _fallback(self, finding: Finding, number: int | None) -> Message:
        words = self.words(finding.language)
        said = self._text(finding.entry, finding.language) if finding.entry else self._nothing_found(finding.language)
        related = self._related([finding.entry], finding.language) if finding.entry else ()
        buttons = (*related, Button(words.topics_button, ShowTopics()))
        if number is not None:
            said, buttons = f"{said}\n{words.recorded}", (Button(words.tell_me, TellMe(number)), *buttons)
        return Message(f"{said}\n\n{self._contact(finding.language)}", buttons)

    def _nothing_found(self, language: Language) -> str:
        """That nothing was found, and what can be asked about, where an editor says it."""
        words, scope = self.words(language), self._knowledge.about.scope
        covered = words.talk[Talk.ABILITY].format(scope=scope.in_language(language)) if scope else ""
        return "\n".join(filter(None, (words.fallback, covered)))

    def entry(self, entry: Entry, language: Language) -> Message:
        """An entry's answer with its source, date, caution and neighbours."""
        return Message(self._answer(entry, language), self._related([entry], language), _verdict(entry, language))

    def chosen(self, entry: Entry, language: Language) -> Message:
        """The answer to a suggestion that was chosen, headed by its question."""
        heading = sentences(language).chosen.format(question=entry.question.in_language(language))
        answer = self.entry(entry, language)
        return replace(answer, text=f"{heading}\n\n{answer.text}")

    def _several(self, entries: Sequence[Entry], language: Language) -> Message:
        """The answers to several questions one after the other, each headed by its entry's question."""
        today = self._today()
        bases = [basis_line(entry, language, today) for entry in entries]
        shared = bases[0] if len(set(bases)) == 1 else ""
        answers = [
            f"**{entry.question.in_language(language).replace('**', '')}**\n"
            + (self._text(entry, language) if shared else self._answer(entry, language))
            for entry in entries
        ]
        return Message(
            "\n\n".join(filter(None, (*answers, shared))),
            self._related(entries, language),
            _verdict(entries[0], language),
        )

    def _answer(self, entry: Entry, language: Language) -> str:
        basis = basis_line(entry, language, self._today())
        return "\n\n".join(filter(None, (self._text(entry, language), basis)))

    def _text(self, entry: Entry, language: Language) -> str:
        """What an entry says; of a known gap first what the base does not say."""
        said = entry.answer.in_language(language)
        return "\n".join(filter(None, (self._lacking(entry.subject, language), said))) if entry.subject else said

    def _lacking(self, subject: Bilingual, language: Language) -> str:
        words = sentences(language)
        lacking = subject.in_language(language)
        return words.not_in_base.format(
            subject=attached(lacking, "은") if language == "ko" else lacking,
            basis=self._basis_name(language),
        )

    def topics(self, language: Language) -> Message:
        """The list of topics that answer something."""
        topics = [topic for topic in self._knowledge.topics if topic.answerable]
        buttons = [Button(topic.title.in_language(language), ShowTopic(topic.id)) for topic in topics]
        return Message(sentences(language).topics, tuple(buttons))

    def topic(self, topic: Topic, language: Language, page: int = 0) -> Message:
        """A page of a topic's questions, as buttons, with the ways to the other pages and back to the topics."""
        words = sentences(language)
        first = page * ENTRIES_A_PAGE
        shown = topic.answerable[first : first + ENTRIES_A_PAGE]
        buttons = [Button(entry.question.in_language(language), ShowEntry(entry.id)) for entry in shown]
        if page > 0:
            buttons.append(Button(words.previous_page, ShowTopic(topic.id, page - 1)))
        if first + ENTRIES_A_PAGE < len(topic.answerable):
            buttons.append(Button(words.next_page, ShowTopic(topic.id, page + 1)))
        buttons.append(Button(words.topics_button, ShowTopics()))
        return Message(words.topic_heading.format(title=topic.title.in_language(language)), tuple(buttons))

    def _related(self, shown: Sequence[Entry], language: Language) -> tuple[Button, ...]:
        """Buttons for the neighbours of what is shown, each once."""
        ids = dict.fromkeys(entry_id for entry in shown for entry_id in entry.see_also)
        others = (self._assistant.entry(entry_id) for entry_id in ids)
        return tuple(
            Button(other.question.in_language(language), ShowEntry(other.id))
            for other in others
            if other and not other.known_gap and other not in shown
        )

    def turned_down(self, number: int, language: Language) -> Message:
        """What is said when none of the suggestions for the recorded question helped."""
        words = self.words(language)
        return Message(words.turned_down, (Button(words.tell_me, TellMe(number)),))

    def my_questions(self, mine: Sequence[MyQuestion], language: Language, heading: str = "") -> Message:
        """A citizen's own questions, how they stand and what was answered, and buttons to withdraw."""
        words = self.words(language)
        if not mine:
            return Message(words.no_questions)
        shown = mine[:_MOST_LISTED]
        lines = [self._my_question(each, words) for each in shown]
        buttons = [
            Button(words.withdraw.format(receipt=each.asker.receipt), Withdraw(each.asker.receipt))
            for each in shown
            if each.asker.state is AskerState.WAITING
        ]
        return Message("\n\n".join([heading or words.my_questions, *lines]), tuple(buttons))

    def _my_question(self, mine: MyQuestion, words: Sentences) -> str:
        asker = mine.asker
        line = words.my_question.format(
            receipt=asker.receipt,
            question=asker.text.replace("**", ""),
            state=_standing(mine, words),
            day=written_date(asker.asked_at.astimezone(self.timezone).date().isoformat(), words),
        )
        said = reply_of(mine.group, self._knowledge.about, asker.language) if mine.group else None
        if said is None or asker.state not in _TOLD:
            return line
        text = " ".join(said.text.replace("**", "").split())
        return f"{line}\n{text if len(text) <= _MOST_ANSWERED else text[: _MOST_ANSWERED - 1].rstrip() + '…'}"

    def _today(self) -> date:
        return self._assistant.clock().astimezone(self.timezone).date()


def safety_text(alarm: Alarm, language: Language) -> str:
    """The numbers to call, for each danger that was heard."""
    return "\n\n".join(sentences(language).safety[danger].format(**NUMBERS) for danger in alarm.dangers)


_TOLD = (AskerState.TOLD, AskerState.FAILED, AskerState.WITHDRAWN)


def _standing(mine: MyQuestion, words: Sentences) -> str:
    asker, state = mine.asker, mine.group.state if mine.group else GroupState.OPEN
    if asker.state in (AskerState.WAITING, AskerState.TOLD) and state is GroupState.DISMISSED:
        return words.state_closed
    if asker.state is AskerState.WAITING:
        return {
            GroupState.TAKEN: words.state_taken,
            GroupState.DRAFTED: words.state_taken,
            GroupState.ANSWERED: words.state_telling,
        }.get(state, words.state_waiting)
    return {
        AskerState.TELLING: words.state_telling,
        AskerState.TOLD: words.state_told,
        AskerState.FAILED: words.state_failed,
        AskerState.WITHDRAWN: words.state_withdrawn,
    }[asker.state]


def notice(question: str, language: Language, told: Notice) -> Message:
    """What a citizen is told about their question, in its language; staff's words stand in it letter by letter."""
    words = sentences(language)
    template = {
        NoticeKind.ANSWER: words.notice_answer,
        NoticeKind.CLOSED: words.notice_closed,
        NoticeKind.QUESTION: words.notice_question,
    }[told.kind]
    verdict = _verdict_on(told.group, told.entry_id, words) if told.kind is NoticeKind.ANSWER and told.group else ()
    return Message(template.format(question=question, text=told.text), (), verdict)


def _verdict_on(group: int, entry_id: str | None, words: Sentences) -> tuple[Button, ...]:
    """Whether staff's answer helped, or the entry that they linked."""
    return tuple(
        Button(label, Vote(entry_id, helpful) if entry_id else VoteOnReply(group, helpful))
        for label, helpful in ((words.helpful, True), (words.not_helpful, False))
    )


def _verdict(entry: Entry, language: Language) -> tuple[Button, ...]:
    if entry.known_gap:
        return ()
    words = sentences(language)
    return (
        Button(words.helpful, Vote(entry.id, helpful=True)),
        Button(words.not_helpful, Vote(entry.id, helpful=False)),
    )
