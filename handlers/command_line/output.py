"""Writing to the terminal or into a pipe; and where the pages are, told to whoever started the assistant there."""

import asyncio
import json
import os
import sys
import unicodedata
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from bot.wording.staff import staff_sentences
from bot.wording.staff.staff_sentences import StaffSentences
from bot.wording.terminal import one_line, terminal_language, terminal_sentences
from knowledge.base import Language

if TYPE_CHECKING:
    from rich.console import Console

_Item = TypeVar("_Item")
_PLAIN_WIDTH = 120
_ACTING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Control characters, those that turn the direction of writing, halves of pairs, and separators of lines."""


def language_of_terminal() -> Language:
    """The terminal's language."""
    return terminal_language(os.environ)


def staff_words() -> StaffSentences:
    """The sentences for staff in the terminal's language."""
    return staff_sentences(language_of_terminal())


def write_json(value: Any) -> None:
    """Writes the value as JSON, Hangul readable."""
    write_bytes((_harmless(json.dumps(value, ensure_ascii=False, indent=2)) + "\n").encode())


def write_json_lines(values: Iterable[Any]) -> None:
    """Writes each value as JSON on a line of its own, Hangul readable."""
    write_bytes("".join(_harmless(json.dumps(value, ensure_ascii=False)) + "\n" for value in values).encode())


def _harmless(document: str) -> str:
    """The JSON with an escape for each character that would act on a terminal; whoever reads it gets the same value."""
    return "".join(
        json.dumps(character)[1:-1] if character != "\n" and unicodedata.category(character) in _ACTING else character
        for character in document
    )


def write_bytes(content: bytes) -> None:
    """Writes to the standard output as it is, whatever encoding the terminal is set to."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Ends the command quietly when whoever reads its output (`| head`) has seen enough."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered has to go somewhere, or Python complains about it when it exits.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        sys.exit()


__all__ = [
    "language_of_terminal",
    "one_line",
    "reader_may_leave",
    "staff_words",
    "write_bytes",
    "write_json",
    "write_json_lines",
]


async def tell_where(address: str) -> None:
    """Writes the addresses of the pages; opens the chat page for a person at a desktop."""
    words = terminal_sentences(language_of_terminal())
    sys.stdout.write(words.pages.format(address=address) + "\n")
    sys.stdout.flush()
    if _has_desktop():
        await asyncio.to_thread(webbrowser.open, address)


def _has_desktop() -> bool:
    """Whether a browser would open a window that somebody sees, rather than take over the terminal."""
    if not sys.stdin.isatty():
        return False
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def wide_console() -> "Console":
    """Wide enough for tables where the output is no terminal."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_PLAIN_WIDTH)


@contextmanager
def counted_on_a_bar(total: int, what: str = "asking") -> "Iterator[Callable[[Iterable[_Item]], Iterator[_Item]]]":
    """Passes on what takes long, and counts it on a bar; no bar where the error output is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)

        def counted(items: Iterable[_Item]) -> Iterator[_Item]:
            for item in items:
                yield item
                bar.advance(task)

        yield counted
