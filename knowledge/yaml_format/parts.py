"""The parts of a file that can be read each for itself: the entries, and whatever else begins at the margin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_DASH = re.compile(r"( *)-( |$)")
_ID = re.compile(r"""\bid["']?\s*[:：]?\s*["']?([a-z0-9]+(?:-[a-z0-9]+)*)""")


def parts_of(lines: Sequence[str]) -> Iterator[range]:
    """The ranges of lines (from 0) that make a part each."""
    starts = [0, *_starts(lines), len(lines)]
    yield from (range(start, end) for start, end in pairwise(starts) if end > start)


def _starts(lines: Sequence[str]) -> Iterator[int]:
    dashes: str | None = None
    in_entries = False
    for number, line in enumerate(lines):
        dash = _DASH.match(line) if in_entries else None
        if dash and dashes in (None, dash[1]):
            dashes = dash[1]
            yield number
        elif line[:1].strip() and line[0] not in "#-":
            in_entries, dashes = line.startswith("entries"), None
            yield number


def blanked(lines: list[str], part: range) -> None:
    """Empties the lines of the part; the lines below keep their numbers."""
    for number in part:
        content = lines[number].rstrip("\r\n\x85\u2028\u2029")
        lines[number] = lines[number][len(content) :]


def ids_in(lines: Iterable[str]) -> set[str]:
    """The ids that stand in lines which cannot be read."""
    return {match[1] for line in lines if (match := _ID.search(line))}
