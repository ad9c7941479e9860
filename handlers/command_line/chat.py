"""A conversation in the terminal: a citizen's side of the dialogue, shown in panels with numbered buttons."""

import asyncio
import io
import os
import re
import secrets
import sys
import unicodedata
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from threading import Thread
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.messages import Action, Button, ChatAddress, Message, Pressed, Quoted, Response, Said, Turn
from bot.wording.terminal import TerminalSentences, terminal_language, terminal_sentences
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


_WIDEST = 88
"""Longer lines are hard to read, however wide the terminal is."""
_NUMBER = re.compile(r"\d{1,2}", re.ASCII)
"""Of a button; 2020 is something to ask about."""
_ENDINGS = {"exit", "quit", "/끝", "끝"}


async def chat(
    conversation: Conversation,
    console: Console,
    read: Callable[[], Awaitable[str | None]],
    language: Language = "ko",
) -> None:
    """Talks until `read` gives None or the person says that it is enough."""
    talk = _Talk(conversation, console, terminal_sentences(language))
    await talk.begin()
    while (line := await read()) is not None and await talk.take(line.strip()):
        pass
    console.print(Text(talk.words.goodbye, style="dim"))


class _Talk:
    """One conversation and the buttons that can be pressed now."""

    def __init__(self, conversation: Conversation, console: Console, words: TerminalSentences) -> None:
        self.words = words
        self._conversation = conversation
        self._console = console
        self._buttons: tuple[ShownButton, ...] = ()

    async def begin(self) -> None:
        self._show(await self._conversation.say("/start"))
        self._print(Text(self.words.hint, style="dim"))

    async def take(self, line: str) -> bool:
        """Does what a line asks for; whether the conversation goes on."""
        if unicodedata.normalize("NFC", line).lower() in _ENDINGS:
            return False
        if line:
            await self._do(line)
        return True

    async def _do(self, line: str) -> None:
        number = int(line) if _NUMBER.fullmatch(line) else None
        if number is None or not self._buttons:
            self._show(await self._conversation.say(line))
        elif 0 < number <= len(self._buttons):
            self._show(await self._conversation.press(self._buttons[number - 1]))
        else:
            self._print(Text(self.words.no_such_button.format(count=len(self._buttons)), style="yellow"))

    def _show(self, messages: Sequence[ShownMessage]) -> None:
        """Shows messages. Their buttons take the place of the ones before, which stay when nothing replaces them."""
        offered = tuple(button for message in messages for button in message.buttons)
        if offered or any(message.edited for message in messages):
            self._buttons = offered
        first = 1
        for message in messages:
            self._print(_panel(message, first, self.words.assistant))
            first += len(message.buttons)

    def _print(self, shown: RenderableType) -> None:
        self._console.print(shown, width=min(self._console.width, _WIDEST))


def _panel(message: ShownMessage, first: int, title: str) -> Panel:
    parts: list[RenderableType] = [Text(_printable(message.text))]
    if message.buttons:
        parts.append(Padding(_numbered(message.buttons, first), (1, 0, 0, 0)))
    return Panel(Group(*parts), title=Text(title), title_align="left", border_style="cyan")


def _numbered(buttons: Sequence[ShownButton], first: int) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="bold cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for number, button in enumerate(buttons, first):
        table.add_row(f"{number}.", Text(_printable(button.label)))
    return table


def _printable(text: str) -> str:
    """The text without what would steer the terminal or cannot be written to it."""
    kept = (character for character in text if character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"})
    return "".join(kept)


def line_reader(prompt: str) -> Callable[[], Awaitable[str | None]]:
    """A function that reads the next line; None when there are no more, or when Ctrl-C was pressed at the prompt."""
    read_line = _line_source(prompt)

    async def read() -> str | None:
        loop = asyncio.get_running_loop()
        line: asyncio.Future[str | None] = loop.create_future()
        # A thread of its own: the shared pool would wait at the end of the program for a line that nobody types.
        Thread(target=_read_into, args=(line, loop, read_line), daemon=True).start()
        try:
            return await line
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task:
                task.uncancel()
            sys.stdout.write("\n")
            return None

    return read


def _line_source(prompt: str) -> Callable[[], str | None]:
    """How to read one line, from a terminal or from what is piped in."""
    try:
        number = None if sys.stdin.isatty() else sys.stdin.fileno()
    except (io.UnsupportedOperation, ValueError):  # a stand-in, or closed
        number = None
    if number is None:
        return lambda: input(prompt)
    # Not sys.stdin: Python aborts at its end when a thread still holds that one's lock.
    piped = open(number, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - as long as stdin

    def read_line() -> str | None:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        return piped.readline() or None

    return read_line


def _read_into(
    line: asyncio.Future[str | None], loop: asyncio.AbstractEventLoop, read_line: Callable[[], str | None]
) -> None:
    try:
        typed = read_line()
    except (EOFError, OSError, ValueError):  # the end, or a closed input
        typed = None
    if not loop.is_closed():
        loop.call_soon_threadsafe(_give, line, typed)


def _give(line: asyncio.Future[str | None], typed: str | None) -> None:
    if not line.done():
        line.set_result(typed)


def show_served(text: str) -> None:
    """Says beside the prompt that changed knowledge is served now."""
    sys.stdout.write(f"\n{text}\n")
    sys.stdout.flush()


def hold_conversation(begin: Callable[[], AbstractAsyncContextManager[Conversation]]) -> None:
    """Talks with whoever sits at the terminal until they leave; `begin` begins a conversation."""
    asyncio.run(_talk(begin))


async def _talk(begin: Callable[[], AbstractAsyncContextManager[Conversation]]) -> None:
    language = terminal_language(os.environ)
    async with begin() as conversation:
        read = line_reader(terminal_sentences(language).prompt)
        await chat(conversation, Console(highlight=False), read, language)
