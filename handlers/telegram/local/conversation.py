"""A conversation with the assistant in this process, through the handlers that citizens meet."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Generic, Protocol, TypeVar

from bot.storage.storage import Storage
from handlers.telegram.application import build_bot
from handlers.telegram.context import Services
from handlers.telegram.door import Channel, Door
from handlers.telegram.local.chats import Event
from handlers.telegram.local.citizen import Citizen
from handlers.telegram.local.telegram import TOKEN, LocalTelegram
from handlers.telegram.running import ready, running

_LARGEST_CHAT_ID = 2**52


class HasKey(Protocol):
    """A button that knows which one it is."""

    @property
    def key(self) -> str:
        """What was given for it when it was made."""
        ...


ButtonT = TypeVar("ButtonT", bound=HasKey)
MessageT = TypeVar("MessageT")


class TerminalConversation(Generic[MessageT, ButtonT]):
    """One private chat, as the terminal shows it.

    The terminal's own types are given, because doors do not know each other: `button` makes one from label and key,
    `message` from text, buttons and whether it was edited.
    """

    def __init__(
        self,
        citizen: Citizen,
        message: Callable[[str, tuple[ButtonT, ...], bool], MessageT],
        button: Callable[[str, str], ButtonT],
    ) -> None:
        self._citizen = citizen
        self._message = message
        self._button = button

    async def say(self, text: str) -> list[MessageT]:
        """Sends a text; what the assistant shows in reply, in order."""
        before = len(self._citizen.chat.events)
        await self._citizen.type(text)
        return self._shown_since(before)

    async def press(self, button: ButtonT) -> list[MessageT]:
        """Presses a button; what the assistant shows in reply, in order."""
        before = len(self._citizen.chat.events)
        message_id, data = button.key.split(" ", 1)
        await self._citizen.press_data(int(message_id), data)
        return self._shown_since(before)

    def _shown_since(self, before: int) -> list[MessageT]:
        shown = [self._shown(event) for event in self._citizen.events(before)]
        return [message for message in shown if message is not None]

    def _shown(self, event: Event) -> MessageT | None:
        if event.kind == "notice":
            return self._message(event.text, (), False)
        seen = self._citizen.seen(event.message_id)
        if seen.own:
            return None
        buttons = tuple(self._button(label, f"{seen.message_id} {data}") for label, data in seen.buttons)
        return self._message(seen.text, buttons, event.kind == "edited")


@asynccontextmanager
async def converse(
    services: Services,
    storage: Storage,
    message: Callable[[str, tuple[ButtonT, ...], bool], MessageT],
    button: Callable[[str, str], ButtonT],
    language_code: str | None = None,
) -> AsyncIterator[TerminalConversation[MessageT, ButtonT]]:
    """A new conversation; the assistant runs as long as the block.

    Each has a chat of its own, because a message's number and its chat's are what a recorded question is known by.
    """
    telegram = LocalTelegram()
    chat_id = secrets.randbelow(_LARGEST_CHAT_ID) + 1
    bot = build_bot(TOKEN, request=telegram)
    door = Door(bot, storage, Channel(f"{services.channel}:{chat_id:x}", services.assistant.clock))

    async def settled() -> None:
        await telegram.all_confirmed()
        await door.settled()

    async with running(door, door.fetch, ready(services)):
        yield TerminalConversation(Citizen(telegram, settled, chat_id, language_code), message, button)
