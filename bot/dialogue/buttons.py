"""Pressed buttons: what each leads to, and what it changes."""

from dataclasses import replace

from bot.dialogue.assistant import Assistant
from bot.dialogue.considered import Considered, GoOn
from bot.dialogue.messages import (
    UNNUMBERED,
    AskSample,
    ChooseSuggestion,
    Message,
    NoneOfThese,
    Pressed,
    Response,
    ShowEntry,
    ShowTopic,
    ShowTopics,
    TellMe,
    Turn,
    Vote,
    VoteOnReply,
    Withdraw,
)
from bot.dialogue.presenter import ENTRIES_A_PAGE, Presenter
from bot.errors import UnknownQuestionError
from bot.follow_up.service import FollowUp
from bot.records.errors import NotTheAskerError, UnknownGroupError, UnknownReceiptError
from bot.records.questions import VoteOutcome
from bot.wording import sentences
from knowledge.base import Language


class Buttons:
    """Does what pressed buttons ask for."""

    def __init__(self, assistant: Assistant, presenter: Presenter, follow_up: FollowUp) -> None:
        self._assistant = assistant
        self._presenter = presenter
        self._follow_up = follow_up

    def consider(self, turn: Turn, pressed: Pressed) -> Considered:
        """What a press leads to; nothing is written."""
        if not _is_theirs(turn, pressed):
            return Considered(turn, _stale(turn.language))
        match pressed.action:
            case NoneOfThese(number) | TellMe(number) as action if number or pressed.asked is not None:
                return Considered(turn, effect=action)
            case Withdraw() | Vote() | VoteOnReply() as action:
                return Considered(turn, effect=action)
            case ChooseSuggestion() | ShowEntry() as action:
                return self._entry(turn, action, pressed.language)
            case ShowTopic() as action:
                response = self._topic(action, pressed.language)
            case ShowTopics():
                response = self._topics(pressed)
            case NoneOfThese():
                response = _unrecorded(pressed.language)
            case _:
                response = _stale(pressed.language)
        return Considered(turn, response)

    async def settle(self, turn: Turn, action: NoneOfThese | TellMe | Withdraw | Vote | VoteOnReply) -> Response:
        """Writes what a press changes, and gives what is shown. Raises StorageError."""
        pressed = turn.content
        if not isinstance(pressed, Pressed):
            return _stale(turn.language)
        match action:
            case NoneOfThese(number):
                return await self._turn_down(number or await self._number(turn, pressed), pressed.language)
            case TellMe(number):
                return await self._tell(turn, pressed, number or await self._number(turn, pressed))
            case Withdraw(receipt):
                return await self.withdraw(turn, receipt, pressed.language)
            case Vote() | VoteOnReply() as vote:
                return await self._count_vote(turn, pressed, vote)

    def _entry(self, turn: Turn, action: ChooseSuggestion | ShowEntry, language: Language) -> Considered:
        """The entry takes the place of the suggestions that it was chosen from; elsewhere it is shown below."""
        entry = self._assistant.entry(action.entry_id)
        if not entry:
            return Considered(turn, _stale(language))
        shown = self._presenter.chosen(entry, language)
        if isinstance(action, ShowEntry):
            return Considered(turn, Response(language, (shown,)), GoOn(entry, language))
        return Considered(turn, Response(language, replacement=shown), GoOn(entry, language, action.number))

    def _topic(self, action: ShowTopic, language: Language) -> Response:
        topic = next((topic for topic in self._assistant.knowledge.topics if topic.id == action.topic_id), None)
        if not topic or action.page * ENTRIES_A_PAGE >= len(topic.answerable):
            return _stale(language)
        return Response(language, replacement=self._presenter.topic(topic, language, action.page))

    def _topics(self, pressed: Pressed) -> Response:
        """What a fallback says must stay readable, while a page of questions is left for the list it came from."""
        topics = self._presenter.topics(pressed.language)
        if any(isinstance(action, ShowEntry) for action in pressed.buttons):
            return Response(pressed.language, replacement=topics)
        return Response(pressed.language, (topics,))

    async def _number(self, turn: Turn, pressed: Pressed) -> int:
        """Of the question that the pressed message replied to, which may have been recorded since."""
        return await self._assistant.number_of(turn.origin_of(pressed.asked)) if pressed.asked else UNNUMBERED

    async def _turn_down(self, number: int, language: Language) -> Response:
        if not number:
            return _unrecorded(language)
        if await self._assistant.turn_down(number):
            return Response(language, replacement=self._presenter.turned_down(number, language))
        return Response(language, kept_buttons=(), notice=self._presenter.words(language).turned_down_before)

    async def _tell(self, turn: Turn, pressed: Pressed, number: int) -> Response:
        """The citizen wants to be told the answer to the question that the pressed message replied to."""
        language, asked = pressed.language, pressed.asked
        if asked is None or not turn.is_private:
            return _stale(language)
        try:
            asker = await self._follow_up.citizens.tell_me(
                number, turn.chat.channel, turn.chat.number, asked, language=language
            )
        except (UnknownQuestionError, NotTheAskerError):
            return _stale(language)
        confirmed = Message(sentences(language).tell_me_confirmed.format(receipt=asker.receipt))
        return Response(language, (confirmed,), kept_buttons=(), reply_to=asked)

    async def withdraw(self, turn: Turn, receipt: str, language: Language) -> Response:
        """The citizen does not want to be told any more."""
        try:
            await self._follow_up.citizens.withdraw(receipt, turn.chat.channel, turn.chat.number)
        except UnknownReceiptError:
            return _stale(language)
        return Response(language, (Message(sentences(language).withdrawn.format(receipt=receipt)),), kept_buttons=())

    async def _count_vote(self, turn: Turn, pressed: Pressed, vote: Vote | VoteOnReply) -> Response:
        """The citizen says whether an answer helped; who was not helped is asked what was missing."""
        words = self._presenter.words(pressed.language)
        if not turn.is_private:
            return _stale(pressed.language)
        try:
            outcome = await self._vote(turn, vote)
        except UnknownGroupError:
            return _stale(pressed.language)
        if outcome is VoteOutcome.SAME:
            return Response(pressed.language, notice=words.voted_before)
        kept = tuple(action for action in pressed.buttons if not isinstance(action, Vote | VoteOnReply))
        counted = Response(pressed.language, kept_buttons=kept, notice=words.thanks)
        if vote.helpful:
            return counted
        judged = vote.entry_id if isinstance(vote, Vote) else f"{_REPLY}{vote.group}"
        await self._assistant.expect_missing(judged, turn.chat.conversation)
        return replace(counted, messages=(Message(words.what_was_missing, prompt=words.what_was_missing_hint),))

    async def _vote(self, turn: Turn, vote: Vote | VoteOnReply) -> VoteOutcome:
        citizens, (channel, chat) = self._follow_up.citizens, (turn.chat.channel, turn.chat.number)
        if isinstance(vote, Vote):
            return await citizens.vote(channel, chat, turn.message, vote.entry_id, helpful=vote.helpful)
        return await citizens.vote_on_reply(channel, chat, turn.message, vote.group, helpful=vote.helpful)


_REPLY = "group:"
"""Begins the name of what was judged, where it was staff's answer to that group; no entry's id is like it."""


def group_of_reply(judged: str) -> int | None:
    """The group whose answer by staff was judged; None where it was an entry's."""
    number = judged.removeprefix(_REPLY)
    return int(number) if number != judged and number.isdecimal() else None


def _unrecorded(language: Language) -> Response:
    """What is said to whoever turns down suggestions that were made for a question which is not recorded."""
    return Response(language, replacement=Message(sentences(language).fallback))


def _stale(language: Language) -> Response:
    return Response(language, notice=sentences(language).stale_button)


def _is_theirs(turn: Turn, pressed: Pressed) -> bool:
    """Whether the person may do this: what changes a recorded question is for whoever asked it, by a real button."""
    if isinstance(pressed.action, ShowEntry | ShowTopic | ShowTopics | AskSample):
        return True
    return pressed.action in pressed.buttons and (turn.is_private or pressed.by_asker)
