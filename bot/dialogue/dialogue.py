"""The conversation with citizens, whatever the channel: from a turn to what is shown, in two steps.

considered = await dialogue.consider(turn)         # looks things up; writes nothing, and needs no transaction
async with storage.unit():
    response = await dialogue.settle(considered)   # writes what follows from the turn, and computes nothing
"""

import asyncio
import logging
import re
import unicodedata
from collections.abc import Awaitable, Collection, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from bot.dialogue.assistant import Assistant, Reply, warning
from bot.dialogue.buttons import Buttons, group_of_reply
from bot.dialogue.considered import (
    AskedAnew,
    Considered,
    Effect,
    EndConversation,
    Forget,
    GoOn,
    ListQuestions,
    PassOn,
    RecordMissing,
    RecordMissingInReply,
    say,
)
from bot.dialogue.interpreter import ReceiptTalk, receipt_talk
from bot.dialogue.messages import (
    UNNUMBERED,
    AskAnew,
    AskSample,
    Button,
    ChooseSuggestion,
    Commanded,
    Edited,
    Message,
    NoneOfThese,
    OtherMedia,
    Pressed,
    Quoted,
    Response,
    Said,
    ShowEntry,
    ShowTopic,
    ShowTopics,
    TellMe,
    Turn,
    Vote,
    VoteOnReply,
    Withdraw,
    encodable,
)
from bot.dialogue.presenter import Presenter
from bot.dialogue.safety import alarm_in
from bot.dialogue.small_talk import Talk, listen
from bot.errors import StorageError
from bot.event_loop import aside
from bot.follow_up.service import FollowUp
from bot.masking import mask
from bot.records.kept_messages import MESSAGES_KEPT
from bot.records.questions import AskerState
from bot.wording import Sentences, sentences
from knowledge.base import LANGUAGES, Language
from knowledge.finding import Outcome

logger = logging.getLogger(__name__)
_Found = TypeVar("_Found")

COMMANDS = ("start", "help", "topics", "myquestions", "privacy", "forget")
_WORDS: Final[Mapping[str, str]] = {
    "도움말": "help",
    "주제": "topics",
    "내질문": "myquestions",
    "내 질문": "myquestions",
    "개인정보": "privacy",
    "시작": "start",
}
"""What citizens write for a command, with or without a slash, and which one it is."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Dialogue:
    """What the assistant says to citizens and does for them."""

    def __init__(
        self,
        assistant: Assistant,
        presenter: Presenter,
        follow_up: FollowUp,
        retention_days: int,
        kept_here: Collection[str] = (),
    ) -> None:
        """`retention_days` is after how many days recorded questions are destroyed, for the text on privacy.

        `kept_here` are the channels whose chats this program keeps itself.
        """
        self.assistant = assistant
        self._presenter = presenter
        self._follow_up = follow_up
        self._retention_days = retention_days
        self._kept_here = kept_here
        self._buttons = Buttons(assistant, presenter, follow_up)

    async def consider(self, turn: Turn) -> Considered:
        """Understands a turn, and finds what answers it. Nothing is written.

        Raises FindingError when a question could not be looked up, and StorageError when the database is needed to
        understand the turn and cannot be used.
        """
        match turn.content:
            case Said() as said:
                return await self._consider_said(turn, said)
            case Commanded(name, argument):
                return await self._consider_commanded(turn, name, argument)
            case Pressed() as pressed:
                return await self._consider_pressed(turn, pressed)
            case OtherMedia():
                if turn.album and await self.assistant.replied_to_album(turn.album, turn.chat.conversation):
                    return Considered(turn, Response(turn.language))
                return say(turn, sentences(turn.language).text_only)
            case Edited():  # its answer may have been read already
                return say(turn, sentences(turn.language).edited_question)

    def description(self, language: Language) -> tuple[str, str]:
        """What the assistant is, as a paragraph and as a name. Raises FindingError before the knowledge is loaded."""
        return self._presenter.description(language)

    async def settle(self, considered: Considered) -> Response:
        """Writes what follows from a turn, and gives what is shown. To be called in a unit of work.

        Raises StorageError; the unit must then be undone.
        """
        turn, chat = considered.turn, considered.turn.chat
        if turn.album:
            await self.assistant.reply_to_album(turn.album, chat.conversation)
        match considered.effect:
            case Reply() as reply:
                return await self._keep(turn, reply)
            case AskedAnew(note, reply):
                await self._follow_up.citizens.take_back(note)
                return replace(await self._keep(turn, reply), kept_buttons=())
            case ListQuestions(heading):
                mine = await self._follow_up.citizens.my_questions(chat.channel, chat.number)
                return Response(turn.language, (self._presenter.my_questions(mine, turn.language, heading),))
            case Withdraw(receipt) if isinstance(turn.content, Said):
                return await self._buttons.withdraw(turn, receipt, turn.language)
            case NoneOfThese() | TellMe() | Withdraw() | Vote() | VoteOnReply() as action:
                return await self._buttons.settle(turn, action)
            case effect:
                await self._write(turn, effect)
        return considered.response or Response(turn.language)

    async def _write(self, turn: Turn, effect: Effect | None) -> None:
        """Writes what changes nothing of what is shown."""
        conversation = turn.chat.conversation
        match effect:
            case GoOn(entry, language, chosen_for):
                if chosen_for:
                    await self.assistant.choose(chosen_for, entry.id)
                await self.assistant.go_on_from(entry, language, conversation)
            case EndConversation():
                await self.assistant.end(conversation)
            case PassOn(question, text):
                await self._follow_up.citizens.add_note(question, text)
            case RecordMissing(entry_id, text):
                await self._follow_up.citizens.missing(turn.origin, text, turn.language, entry_id)
            case RecordMissingInReply(group, text):
                await self._follow_up.citizens.missing_in_reply(turn.origin, text, turn.language, group)
            case Forget():
                await self._follow_up.citizens.forget(turn.chat.channel, turn.chat.number)
                await self.assistant.end(conversation)

    async def _consider_said(self, turn: Turn, said: Said) -> Considered:
        text = _CONTROL.sub(" ", encodable(said.text)).strip()
        alarm = await aside(alarm_in, text)
        if alarm and alarm.sure:  # before anything that could fail or be misunderstood
            return self._shown(turn, warning(alarm, text, turn.language))
        command = _command_in(text)
        if command:
            return await self._consider_commanded(turn, command.name, command.argument)
        if turn.is_private:
            addition = await self._addition(turn, said.replied_to, text) if said.replied_to else None
            addition = addition or (None if alarm else await self._on_a_receipt(turn, text))
            if addition:
                return addition
        reply = await self.assistant.answer(text, alarm, turn.chat.conversation, turn.language)
        return self._shown(turn, await self._with_staff_reply(reply))

    async def _consider_pressed(self, turn: Turn, pressed: Pressed) -> Considered:
        shows = isinstance(pressed.action, ShowEntry | ShowTopic | ShowTopics | ChooseSuggestion | AskSample)
        if shows and await self._is_paused():
            return Considered(turn, Response(pressed.language, notice=self.words(pressed.language).paused))
        match pressed.action:
            case AskAnew(number) if pressed.action in pressed.buttons and turn.is_private:
                return await self._ask_anew(turn, number)
            case AskSample(number) if sample := self._presenter.sample(number, pressed.language):
                reply = await self.assistant.answer(sample, None, turn.chat.conversation, pressed.language)
                return self._shown(turn, reply)
        return self._buttons.consider(turn, pressed)

    async def _with_staff_reply(self, reply: Reply) -> Reply:
        """What could not be answered, with what staff said to the very same already; while paused, nothing."""
        if await self._is_paused():
            return replace(reply, paused=True)
        if reply.state_at_first is None or reply.finding.outcome is Outcome.ANSWER:
            return reply
        known = await _unless_away(self._follow_up.citizens.known_reply(reply.question, reply.finding.language))
        return replace(reply, staff_reply=known)

    async def _is_paused(self) -> bool:
        """Whether staff have stopped the answers, as far as the database says it, or said it last."""
        pause = self._follow_up.pause
        return bool(await _unless_away(pause.since()) or pause.last_known)

    async def _on_a_receipt(self, turn: Turn, text: str) -> Considered | None:
        """What is meant for staff without being a reply: an answer to what they asked back, or how a receipt stands."""
        chat, words = turn.chat, self._presenter.words(turn.language)
        wish = receipt_talk(text)
        if wish:
            mine = await _unless_away(self._follow_up.citizens.mine(chat.channel, chat.number)) or []
            waiting = [asker for asker in mine if asker.state is AskerState.WAITING]
            if wish is ReceiptTalk.CANCEL and len(waiting) == 1 and "?" not in text:
                return Considered(turn, effect=Withdraw(waiting[0].receipt))
            if waiting:
                heading = words.which_to_cancel if wish is ReceiptTalk.CANCEL else words.when_told
                return Considered(turn, effect=ListQuestions(heading))
        question = await _unless_away(self._follow_up.citizens.asked_back(chat.channel, chat.number))
        if question is None or listen(text).talk in _NOT_FOR_STAFF:
            return None
        return await self._passed_on(turn, question, text)

    async def _passed_on(self, turn: Turn, question: int, text: str) -> Considered:
        """Staff get it; the citizen is told how to say that it was a new question."""
        words = self._presenter.words(turn.language)
        masked = await aside(mask, text)
        said = "\n".join(filter(None, (words.note_passed_on, self._presenter.hidden(masked, turn.language))))
        return say(turn, said, PassOn(question, text), Button(words.ask_anew, AskAnew(question)))

    async def _ask_anew(self, turn: Turn, question: int) -> Considered:
        chat = turn.chat
        note = await self._follow_up.citizens.last_note(question, chat.channel, chat.number)
        if note is None:
            return Considered(turn, Response(turn.language, notice=sentences(turn.language).stale_button))
        reply = await self.assistant.answer(note.text, None, chat.conversation, turn.language)
        return Considered(turn, None, AskedAnew(note, await self._with_staff_reply(reply)))

    async def _addition(self, turn: Turn, replied_to: Quoted, text: str) -> Considered | None:
        """What the citizen adds to an earlier question or answer, where they do."""
        chat, words = turn.chat, self._presenter.words(turn.language)
        question = await self._follow_up.citizens.asked_back_in(chat.channel, chat.number, replied_to.message)
        if question is not None:
            return await self._passed_on(turn, question, text)
        if replied_to.text not in {self._presenter.words(language).what_was_missing for language in LANGUAGES}:
            return None
        judged = await self.assistant.expected_missing(chat.conversation)
        if judged is None:
            return None
        group = group_of_reply(judged)
        return say(
            turn,
            words.missing_recorded,
            RecordMissing(judged, text) if group is None else RecordMissingInReply(group, text),
        )

    def _shown(self, turn: Turn, reply: Reply) -> Considered:
        """The reply to a question; what has buttons for a recorded question can only be shown once it is recorded."""
        if not reply.is_for_staff:
            return Considered(turn, self._response(turn, reply), reply)
        early = None if reply.refused else self._response(turn, replace(reply, number=UNNUMBERED))
        return Considered(turn, None, reply, early)

    async def _keep(self, turn: Turn, reply: Reply) -> Response:
        kept = await self.assistant.keep(reply, turn.origin, turn.chat.conversation)
        if not kept.service:
            finding = kept.finding
            await self._follow_up.citizens.count(finding.outcome, finding.entry.id if finding.entry else None)
        return self._response(turn, kept)

    def _response(self, turn: Turn, reply: Reply) -> Response:
        message, outcome = self._presenter.reply(reply), None if reply.service else reply.finding.outcome
        if not turn.is_private and outcome is not Outcome.SUGGESTIONS:
            message = Message(message.text)  # what leads further would lead the whole group
        return Response(reply.finding.language, (message,), outcome=outcome)

    async def _consider_commanded(self, turn: Turn, name: str, argument: str) -> Considered:
        """A command; what would show an answer waits while the assistant is paused."""
        shows = name.lower() == "topics" or (name.lower() == "start" and argument.strip())
        if shows and await self._is_paused():
            return say(turn, self.words(turn.language).paused)
        return self._consider_command(turn, name.lower(), argument.strip())

    def _consider_command(self, turn: Turn, name: str, argument: str) -> Considered:
        if name in {"myquestions", "forget"} and not turn.is_private:  # nothing of anybody's for all to read
            return Considered(turn, Response(turn.language))
        words = sentences(turn.language)
        match name:
            case "start":
                considered = self._start(turn, argument)
            case "help":
                considered = _introduced(turn, self._presenter.help(turn.language))
            case "topics":
                considered = Considered(turn, Response(turn.language, (self._presenter.topics(turn.language),)))
            case "privacy":
                considered = say(turn, self.privacy(turn.chat.channel, turn.language))
            case "myquestions":
                considered = Considered(turn, effect=ListQuestions())
            case "forget":
                considered = say(turn, words.forgotten, Forget())
            case _:
                considered = say(turn, words.unknown_command)
        return considered

    def words(self, language: Language) -> Sentences:
        """The sentences of that language, which are true of whether staff look."""
        return self._presenter.words(language)

    def privacy(self, channel: str, language: Language) -> str:
        """How personal data is treated on that channel."""
        words, days = self.words(language), self._retention_days
        if channel in self._kept_here:
            return words.privacy_kept_here.format(days=days, shown=min(MESSAGES_KEPT.days, days))
        return words.privacy.format(days=days, carrier=words.privacy_carriers.get(channel, ""))

    def _start(self, turn: Turn, argument: str) -> Considered:
        """Begins a new conversation: introduces the assistant, or shows the entry that a link or QR code names."""
        entry = self.assistant.entry(argument) if argument else None
        if not entry:
            return _introduced(turn, self._presenter.welcome(turn.language), EndConversation())
        shown = self._presenter.chosen(entry, turn.language)
        return Considered(turn, Response(turn.language, (shown,)), GoOn(entry, turn.language))


_NOT_FOR_STAFF = frozenset((Talk.GREETING, Talk.THANKS, Talk.GOODBYE, Talk.MENU, Talk.HELP, Talk.CONTACT, Talk.WHO))
"""What answers nothing that staff asked."""
_PATIENCE = 1.0
"""Seconds; an answer waits no longer for what is nice to know of a citizen's receipts."""


async def _unless_away(looked_up: Awaitable[_Found]) -> _Found | None:
    """What was looked up; None where the database does not say it, or not soon: a question is answered all the same."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await looked_up
    except (StorageError, TimeoutError) as error:
        logger.warning("A message was read without the receipts of its citizen: %s", str(error) or "it took too long")
        return None


def apology(turn: Turn) -> Response:
    """What is shown where a turn could not be answered, and will not be."""
    text = sentences(turn.language).temporary_failure
    if isinstance(turn.content, Pressed):
        return Response(turn.language, notice=text)
    return Response(turn.language, (Message(text),))


def too_many(turn: Turn) -> Response:
    """What is shown to a citizen of whose messages no more are taken for a while."""
    return Response(turn.language, (Message(sentences(turn.language).too_many_questions),))


def _command_in(text: str) -> Commanded | None:
    """The command that a text is: `/topics`, or one of the words for it."""
    word = unicodedata.normalize("NFC", text).rstrip("!.~^").lower().removeprefix("/")
    if word in _WORDS:
        return Commanded(_WORDS[word])
    if not text.startswith("/"):
        return None
    name, argument, *_ = *text[1:].split(maxsplit=1), "", ""
    return Commanded(name, argument)


def _introduced(turn: Turn, message: Message, effect: Effect | None = None) -> Considered:
    """The message, or in a group one line: the others there did not ask."""
    if turn.called is not None:
        message = Message(sentences(turn.language).group_hint.format(name=turn.called))
    return Considered(turn, Response(turn.language, (message,)), effect)
