"""The dialogue with citizens whose messages are kept here: what they send is taken once, and shown with its reply."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery import Closed, Sent
from bot.dialogue.considered import Considered, Forget
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.messages import (
    Action,
    AskSample,
    Button,
    ChatAddress,
    Commanded,
    Message,
    Pressed,
    Quoted,
    Response,
    Said,
    ShowTopic,
    ShowTopics,
    Turn,
    decode_action,
    encode_action,
)
from bot.dialogue.presenter import notice
from bot.errors import StorageError
from bot.event_loop import aside
from bot.follow_up.notification import Notice, NoticeKind
from bot.masking import mask
from bot.metrics import Metrics
from bot.records.kept_messages import KeptButton, KeptMessage, MessageContent
from bot.records.questions import Asker
from bot.storage.storage import Storage
from bot.storage.transcripts import Transcripts
from bot.wording import sentences
from knowledge.base import Language

CHANNEL = "web"
"""Names this way in the origin of a recorded question and in the name of a conversation."""
MOST_CHARACTERS = 2000
"""Of a message; the matcher looks at fewer."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """Something that a citizen sent, from the browser that has the chat's `secret`.

    `form` names it: what comes again under the same name is not taken again. `entry` is the entry that a link has shown
    before, if any.
    """

    secret: str
    form: str
    language: Language
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sent form: it is in the chat now, with its reply.

    `chat` is its number. While the database cannot be used, it is not there; `unkept` may be shown all the same.
    `is_forgotten`: there is no chat any more, as the citizen wished.
    """

    chat: int | None = None
    unkept: tuple[MessageContent, ...] = ()
    is_forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a chat begins with, before anything was said."""

    greeting: str
    notes: str
    samples: tuple[str, ...]
    topics: tuple[KeptButton, ...]


class KeptChats:
    """What the pages of citizens offer. All raise StorageError; what asks raises FindingError too."""

    def __init__(self, dialogue: Dialogue, storage: Storage, metrics: Metrics) -> None:
        self._dialogue = dialogue
        self._unit = storage.unit
        self._transcripts = storage.transcripts
        self._metrics = metrics
        self._considering = 0

    def is_busy(self) -> bool:
        """Whether something is being understood now."""
        return self._considering > 0

    async def messages(self, secret: str) -> list[KeptMessage]:
        """What was said in the browser's chat."""
        chat = await self._transcripts.chat(secret) if secret else None
        return await self._transcripts.messages(chat) if chat else []

    async def changed(self, chat: int, after: int) -> list[KeptMessage]:
        """What has changed in the chat of that number since the revision `after`."""
        return await self._transcripts.messages(chat, after)

    async def number(self, secret: str) -> int | None:
        """The number of the browser's chat, once something was said in it."""
        return await self._transcripts.chat(secret) if secret else None

    def welcome(self, language: Language) -> Welcome:
        """What a chat begins with."""
        knowledge, words = self._dialogue.assistant.knowledge, self._dialogue.words(language)
        greeting = (
            knowledge.about.greeting.in_language(language) if knowledge.about.greeting else words.greeting_unknown
        )
        topics = [
            Button(topic.title.in_language(language), ShowTopic(topic.id))
            for topic in knowledge.topics
            if topic.answerable
        ]
        samples = tuple(sample.in_language(language) for sample in knowledge.about.samples)
        return Welcome(greeting, words.welcome, samples, tuple(_kept(button, language) for button in topics))

    def privacy(self, language: Language) -> str:
        """How personal data is treated."""
        return self._dialogue.privacy(CHANNEL, language)

    async def entry(self, entry_id: str, language: Language) -> MessageContent | None:
        """An entry as a link to it shows it; None where there is no such entry. Nothing is written."""
        if not self._dialogue.assistant.entry(entry_id):
            return None
        turn = Turn(ChatAddress(CHANNEL, 0), 0, Commanded("start", entry_id), language)
        considered = await self._dialogue.consider(turn)
        shown = considered.response.messages[0] if considered.response else None
        return _content(shown, considered.response.language) if shown and considered.response else None

    async def say(self, sent: SentForm, text: str, reply_to: int | None = None) -> Taken:
        """Takes what the citizen wrote, in reply to the message of that number or to none."""
        chat, taken = await self._begun(sent), text[:MOST_CHARACTERS]
        return await self._take(sent, chat, Said(taken, await self._quoted(chat, reply_to)), taken)

    async def command(self, sent: SentForm, name: str, label: str) -> Taken:
        """Does what a command such as `topics` says, which the page offers under that label."""
        return await self._take(sent, await self._begun(sent), Commanded(name), label)

    async def press(self, sent: SentForm, message: int, code: str) -> Taken:
        """Does what the button with that code under that message asks for."""
        chat = await self._begun(sent)
        pressed = await self._transcripts.message(chat, message) if chat else None
        read = decode_action(code)
        content = Pressed(read[0] if read else None, read[1] if read else sent.language)
        if pressed:
            content = replace(content, buttons=_actions(pressed.content), asked=pressed.reply_to)
        asked = _sample_asked(pressed.content, code) if pressed else None
        return await self._take(sent, chat, content, asked, pressed.number if pressed else 0)

    async def forget(self, sent: SentForm) -> Taken:
        """Destroys the browser's chat, and what connects it with what was asked in it."""
        return await self._take(sent, await self._transcripts.chat(sent.secret), Commanded("forget"), None)

    async def _begun(self, sent: SentForm) -> int | None:
        """The browser's chat, where there is one; what a link has shown is in it first."""
        chat = await self._transcripts.chat(sent.secret)
        if not sent.entry or not self._dialogue.assistant.entry(sent.entry):
            return chat
        linked = replace(sent, form=f"{sent.form} entry", entry="")
        await self._take(linked, chat, Commanded("start", sent.entry), None)
        return await self._transcripts.chat(sent.secret)

    async def _quoted(self, chat: int | None, number: int | None) -> Quoted | None:
        quoted = await self._transcripts.message(chat, number) if chat and number else None
        return Quoted(quoted.number, quoted.content.text) if quoted and not quoted.content.is_own else None

    async def _take(
        self, sent: SentForm, chat: int | None, content: Said | Commanded | Pressed, shown: str | None, pressed: int = 0
    ) -> Taken:
        """Takes a turn once. `shown` is what the citizen sees of their own, where it is more than a press."""
        if chat and await self._transcripts.has_taken(chat, sent.form):
            return Taken(chat)
        turn = Turn(ChatAddress(CHANNEL, chat or 0), pressed, content, sent.language)
        considered = await self._consider(turn)
        try:
            async with self._unit():
                kept, response = await self._keep(sent, considered, shown)
        except StorageError:
            if considered.unwritten is None:
                raise
            return Taken(chat, _unkept(considered.unwritten))
        if response and response.outcome:
            self._metrics.count_reply(response.outcome)
        return Taken(kept, is_forgotten=isinstance(considered.effect, Forget))

    async def _consider(self, turn: Turn) -> Considered:
        self._considering += 1
        try:
            return await self._dialogue.consider(turn)
        finally:
            self._considering -= 1

    async def _keep(self, sent: SentForm, considered: Considered, shown: str | None) -> tuple[int, Response | None]:
        """Writes a turn and its reply into the chat; its number, and no reply where the form was taken before."""
        now = self._dialogue.assistant.clock()
        chat = await self._transcripts.open(sent.secret, now)
        if not await self._transcripts.take(chat, sent.form, now):
            return chat, None
        number = considered.turn.message
        if shown is not None:
            masked = await aside(mask, shown)
            own = MessageContent(masked, considered.turn.language, is_own=True, is_literal=True)
            number = await self._transcripts.add(chat, own, now) or 0
        turn = replace(considered.turn, chat=ChatAddress(CHANNEL, chat), message=number)
        return chat, await self._settle(replace(considered, turn=turn))

    async def _settle(self, considered: Considered) -> Response:
        response = await self._dialogue.settle(considered)
        if isinstance(considered.effect, Forget):
            await self._transcripts.forget(considered.turn.chat.number)
        else:
            await self._show(considered.turn, response)
        return response

    async def _show(self, turn: Turn, response: Response) -> None:
        """Writes into the chat what is shown for a turn."""
        chat, now = turn.chat.number, self._dialogue.assistant.clock()
        messages = list(response.messages)
        pressed = await self._transcripts.message(chat, turn.message) if isinstance(turn.content, Pressed) else None
        if pressed and response.kept_buttons is not None:
            left = tuple(button for button in pressed.content.buttons if _action(button) in response.kept_buttons)
            await self._transcripts.change(chat, pressed.number, replace(pressed.content, buttons=left))
        if response.replacement and pressed:
            await self._transcripts.change(chat, pressed.number, _content(response.replacement, response.language))
        elif response.replacement:
            messages.insert(0, response.replacement)
        if response.notice:
            messages.append(Message(response.notice))
        replied_to = response.reply_to or turn.message or None
        for message in messages:
            await self._transcripts.add(chat, _content(message, response.language), now, replied_to)


def _unkept(response: Response) -> tuple[MessageContent, ...]:
    """What a response shows that is not kept: it has no buttons, since they would lead nowhere."""
    shown = (response.replacement, *response.messages) if response.replacement else response.messages
    return tuple(MessageContent(message.text, response.language) for message in shown)


def topics_code(language: Language) -> str:
    """The code of a button that shows the list of topics."""
    return encode_action(ShowTopics(), language)


def _content(message: Message, language: Language) -> MessageContent:
    buttons = tuple(_kept(button, language) for button in message.buttons)
    verdict = tuple(replace(_kept(button, language), is_short=True) for button in message.verdict)
    return MessageContent(message.text, language, buttons + verdict, message.prompt)


def _kept(button: Button, language: Language) -> KeptButton:
    return KeptButton(button.label, encode_action(button.action, language))


def _sample_asked(content: MessageContent, code: str) -> str | None:
    """The question that a button asks in the citizen's place; None for other buttons."""
    samples = (button.label for button in content.buttons if button.code == code)
    read = decode_action(code)
    return next(samples, None) if read and isinstance(read[0], AskSample) else None


def _actions(content: MessageContent) -> tuple[Action, ...]:
    return tuple(action for action in map(_action, content.buttons) if action)


def _action(button: KeptButton) -> Action | None:
    read = decode_action(button.code)
    return read[0] if read else None


class KeptNotices:
    """Tells citizens whose chats are kept here at once, in the unit of work of the notice, and reports so.

    Implements bot.follow_up.notification.NoticeDoor.
    """

    def __init__(self, transcripts: Transcripts, report: Callable[[str, Sent | Closed], Awaitable[None]]) -> None:
        self._transcripts = transcripts
        self._report = report

    async def tell(self, asker: Asker, told: Notice, reference: str, now: datetime) -> None:
        """Puts the notice into the asker's chat; one that is there no more cannot be told."""
        prompt = sentences(asker.language).reply_hint if told.kind is NoticeKind.QUESTION else ""
        content = MessageContent(
            notice(asker.text, asker.language, told).text, asker.language, prompt=prompt, is_literal=True
        )
        number = await self._transcripts.add(asker.chat, content, now, asker.message) if asker.chat else None
        await self._report(reference, Sent(0, number) if number else Closed(0, "gone"))
