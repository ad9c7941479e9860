"""A line of a file with a caret under the place that is meant, as wide as a terminal shows it."""

import unicodedata

_WIDEST = 96
"""Columns of the line that are shown; more are cut off on both sides."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters of Hangul that stand for none."""
_BEFORE = 40
"""Columns before the place that stay when the line is cut off."""


def excerpt(line: str, column: int, number: int) -> list[str]:
    """The line with its number, and below it the caret; nothing of a line that is empty.

    `column` counts from 1 in letters. A tab is shown as an arrow, and what nobody sees as a box.
    """
    if not line.strip():
        return []
    place = min(column - 1, len(line))
    start = place
    while start and _width(line[start - 1 : place]) <= _BEFORE:
        start -= 1
    if len(line) <= _WIDEST and _width(line) <= _WIDEST:  # a letter is a column wide at least
        start = 0
    end = start
    while end < len(line) and _width(line[start : end + 1]) <= _WIDEST:
        end += 1
    before = "…" if start else ""
    shown = f"{before}{''.join(map(_shown, line[start:end]))}{'…' if end < len(line) else ''}"
    gutter = f"{number:>6} | "
    caret = " " * (len(before) + _width(line[start:place]))
    return [f"{gutter}{shown}", f"{' ' * (len(gutter) - 2)}| {caret}^"]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(_shown(each)) in "WF" else 1 for each in text)


def _shown(character: str) -> str:
    if character == "\t":
        return "→"
    if (
        character in _FILLERS
        or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        or unicodedata.combining(character)
    ):
        return "□"
    return "□" if unicodedata.category(character) == "Zs" and character != " " else character
