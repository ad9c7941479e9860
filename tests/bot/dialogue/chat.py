"""A private chat with the dialogue itself, as a program that shows messages and buttons would keep it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

from bot.dialogue.assistant import Assistant
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.memory import Memory
from bot.dialogue.messages import (
    Action,
    Button,
    ChatAddress,
    Edited,
    Message,
    OtherMedia,
    Pressed,
    Quoted,
    Response,
    Said,
    Turn,
)
from bot.dialogue.presenter import Presenter
from bot.follow_up.service import FollowUp
from bot.matcher_process.async_finder import InThread
from bot.records.questions import QuestionState
from bot.storage.storage import Storage
from knowledge.base import Language
from knowledge.finding import Finder
from tests.bot.dialogue.small_city import KNOWLEDGE, KNOWN
from tests.doubles import FixedMatcher


@dataclass
class Shown:
    """A message of the assistant's as it is now; a notice has no number."""

    number: int
    text: str
    language: Language
    asked: int = 0
    """The message that it replied to."""
    buttons: tuple[Button, ...] = ()
    verdict: tuple[Button, ...] = ()
    prompt: str = ""
    edited: bool = False

    @property
    def actions(self) -> dict[str, Action]:
        """What pressing asks for, by the buttons' labels."""
        return {button.label: button.action for button in (*self.buttons, *self.verdict)}


@dataclass
class Chat:
    """One citizen's chat. Each method gives what appears, in order."""

    storage: Storage
    language: Language = "ko"
    address: ChatAddress = field(default_factory=lambda: ChatAddress("test", 7))
    now: datetime = datetime(2026, 11, 22, tzinfo=UTC)
    matcher: FixedMatcher = field(default_factory=lambda: FixedMatcher(KNOWLEDGE, KNOWN))
    dialogue: Dialogue = field(init=False)
    shown: dict[int, Shown] = field(default_factory=dict)
    last: int = 0

    def __post_init__(self) -> None:
        memory = Memory(self.storage.conversations, timedelta(minutes=10))
        assistant = Assistant(
            InThread(KNOWLEDGE, Finder(self.matcher)), self.storage.questions, lambda: self.now, memory
        )
        follow_up = FollowUp(self.storage, lambda: KNOWLEDGE, lambda: self.now, UTC)
        self.dialogue = Dialogue(assistant, Presenter(assistant, UTC), follow_up, retention_days=180)

    async def type(self, text: str, *, reply: bool = False) -> list[Shown]:
        """Says something, as a reply to the newest message of the assistant's where that is wanted."""
        replied = self.shown[max(self.shown)] if reply else None
        return await self._send(Said(text, Quoted(replied.number, replied.text) if replied else None))

    async def send(self, edited: str = "") -> list[Shown]:
        """Sends what has no words, or edits a message."""
        return await self._send(Edited(edited) if edited else OtherMedia())

    async def press(self, label: str) -> list[Shown]:
        """Presses the newest button of that label; the first of all where the label is empty."""
        newest_first = (self.shown[number] for number in sorted(self.shown, reverse=True))
        message = next(message for message in newest_first if label in message.actions or not label)
        return await self.press_action(message.actions[label or next(iter(message.actions))], message.number)

    async def press_action(self, action: Action | None, number: int) -> list[Shown]:
        """Presses a button that may not be there any more, or never was."""
        message = self.shown.get(number, Shown(number, "", self.language))
        pressed = Pressed(action, message.language, tuple(message.actions.values()), message.asked or None)
        return await self.take(Turn(self.address, number, pressed, self.language))

    async def take(self, turn: Turn) -> list[Shown]:
        """What the assistant shows for a turn."""
        considered = await self.dialogue.consider(turn)
        async with self.storage.unit():
            response = await self.dialogue.settle(considered)
        return list(self._appear(turn.message, response))

    async def states(self) -> list[QuestionState]:
        """The states of the questions that are recorded, and not offered or settled, oldest first."""
        return [question.state for question in reversed(await self.storage.questions.listed())]

    async def _send(self, content: Said | OtherMedia | Edited) -> list[Shown]:
        self.last += 1
        return await self.take(Turn(self.address, self.last, content, self.language))

    def _appear(self, number: int, response: Response) -> Iterator[Shown]:
        if response.notice:
            yield Shown(0, response.notice, response.language)
        if response.replacement:
            yield self._put(number, response.replacement, response, self.shown[number].asked, edited=True)
        if response.kept_buttons is not None:
            message, kept = self.shown[number], response.kept_buttons
            message.buttons = tuple(button for button in message.buttons if button.action in kept)
            message.verdict = tuple(button for button in message.verdict if button.action in kept)
            message.edited = True
            yield message
        for new in response.messages:
            self.last += 1
            yield self._put(self.last, new, response, response.reply_to or number, edited=False)

    def _put(self, number: int, message: Message, response: Response, asked: int, *, edited: bool) -> Shown:
        text = message.text.replace("**", "")
        shown = Shown(number, text, response.language, asked, message.buttons, message.verdict, message.prompt, edited)
        self.shown[number] = shown
        return shown


@asynccontextmanager
async def a_chat(language: Language = "ko") -> AsyncIterator[Chat]:
    """A chat over a database of its own."""
    with TemporaryDirectory() as folder:
        async with Storage.open(f"sqlite+aiosqlite:///{folder}/assistant.db") as storage:
            yield Chat(storage, language)
