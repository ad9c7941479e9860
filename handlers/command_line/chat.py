"""A conversation in the terminal: the assistant's messages in panels, its buttons numbered."""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.wording.terminal import TerminalSentences, terminal_sentences
from handlers.command_line.conversation import Conversation, ShownButton, ShownMessage
from knowledge.base import Language

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
