"""What changes in a file, line by line, as pages show it."""

import difflib
from collections.abc import Iterator, Sequence
from itertools import islice

from knowledge.writing.changes import Change

_CONTEXT = 2
_HEADER = 2
"""Lines of a difference that name the files."""


def changed_lines(change: Change) -> Iterator[tuple[str, str]]:
    """The lines that change and those around them, each with its sign: +, - or a blank."""
    before, after = (_split(content) for content in (change.before or b"", change.after))
    for line in islice(difflib.unified_diff(before, after, lineterm="", n=_CONTEXT), _HEADER, None):
        yield (line[:1], line[1:]) if line[:1] in {"+", "-"} else (" ", line.removeprefix(" "))


def _split(content: bytes) -> Sequence[str]:
    return content.decode(errors="replace").splitlines()
