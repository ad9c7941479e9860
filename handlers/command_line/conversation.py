"""A citizen's side of a conversation, as the terminal needs it: text in, messages and buttons out."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.messages import Action, Button, Message, Response
from bot.dialogue.turn import ChatAddress, Pressed, Quoted, Said, Turn
from knowledge.base import Language

_LARGEST_CHAT = 2**52


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button under the message of that number."""

    label: str
    message: int
    action: Action


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as the citizen sees it: text without markup, with its buttons."""

    text: str
    buttons: tuple[ShownButton, ...] = ()
    edited: bool = False
    """Whether it takes the place of a message that was shown before."""


class Conversation(Protocol):
    """One private chat with the assistant."""

    async def say(self, text: str) -> list[ShownMessage]:
        """Sends a text; what the assistant shows in reply, in order."""
        ...

    async def press(self, button: ShownButton) -> list[ShownMessage]:
        """Presses a button; what the assistant shows in reply, in order (a notice counts as a message)."""
        ...


@dataclass(slots=True)
class _Kept:
    """A message of the assistant's, and the citizen's message that it replied to."""

    text: str
    buttons: tuple[Button, ...]
    language: Language
    asked: int


class TerminalConversation:
    """A conversation with the dialogue itself; each has a chat of its own. `unit` opens a unit of work."""

    def __init__(
        self, dialogue: Dialogue, unit: Callable[[], AbstractAsyncContextManager[None]], language: Language
    ) -> None:
        self._dialogue = dialogue
        self._unit = unit
        self._language = language
        self._chat = ChatAddress("chat", secrets.randbelow(_LARGEST_CHAT) + 1)
        self._messages = 0
        self._kept: dict[int, _Kept] = {}
        self._prompt: Quoted | None = None

    async def say(self, text: str) -> list[ShownMessage]:
        """Sends a text, as a reply where the assistant has asked for one just now."""
        self._messages += 1
        said, self._prompt = Said(text, self._prompt), None
        return await self._take(Turn(self._chat, self._messages, said, self._language))

    async def press(self, button: ShownButton) -> list[ShownMessage]:
        """Presses a button."""
        kept = self._kept[button.message]
        actions = tuple(each.action for each in kept.buttons)
        pressed = Pressed(button.action, kept.language, actions, kept.asked)
        return await self._take(Turn(self._chat, button.message, pressed, self._language))

    async def _take(self, turn: Turn) -> list[ShownMessage]:
        considered = await self._dialogue.consider(turn)
        async with self._unit():
            response = await self._dialogue.settle(considered)
        return list(self._shown(turn, response))

    def _shown(self, turn: Turn, response: Response) -> Iterator[ShownMessage]:
        if response.notice:
            yield ShownMessage(response.notice)
        kept = self._kept.get(turn.message)
        if kept and response.replacement:
            yield self._show(turn.message, response.replacement, response.language, kept.asked, edited=True)
        if kept and response.kept_buttons is not None:
            kept.buttons = tuple(button for button in kept.buttons if button.action in response.kept_buttons)
            yield self._seen(turn.message, edited=True)
        for message in response.messages:
            self._messages += 1
            yield self._show(self._messages, message, response.language, response.reply_to or turn.message)
            if message.prompt:
                self._prompt = Quoted(self._messages, message.text)

    def _show(
        self, number: int, message: Message, language: Language, asked: int, *, edited: bool = False
    ) -> ShownMessage:
        text = message.text.replace("**", "")
        self._kept[number] = _Kept(text, message.buttons + message.verdict, language, asked)
        return self._seen(number, edited=edited)

    def _seen(self, number: int, *, edited: bool) -> ShownMessage:
        kept = self._kept[number]
        buttons = tuple(ShownButton(button.label, number, button.action) for button in kept.buttons)
        return ShownMessage(kept.text, buttons, edited)
