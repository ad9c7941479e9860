"""Writing to the terminal or into a pipe."""

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from bot.plain_line import one_line
from bot.wording.staff import staff_sentences, terminal_language
from bot.wording.staff_sentences import StaffSentences
from knowledge.base import Language

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
        raise typer.Exit from None


__all__ = [
    "language_of_terminal",
    "one_line",
    "reader_may_leave",
    "staff_words",
    "write_bytes",
    "write_json",
    "write_json_lines",
]
