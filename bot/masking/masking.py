"""Finds personal numbers and writes placeholders over them."""

import re
from collections.abc import Iterator

from bot.masking.folding import Folded
from bot.masking.kinds import KINDS

_FILLER = "*"
_WIDE_FILLER = "\N{LOCK}"
"""Stands for a character that takes two UTF-16 units, so that offsets in those units stay right too."""
_WIDEST_NARROW = "\uffff"
_MOST_ROUNDS = 6
_SHORTEST = len("a@b.co")
_PLACEHOLDER = re.compile(
    rf"\[(?:{'|'.join(sorted({kind.label for kind in KINDS}))})[{_FILLER}{_WIDE_FILLER}]*\]|{_WIDE_FILLER}+"
)
_Span = tuple[int, int]


def mask(text: str) -> str:
    """The text with each personal number replaced by a placeholder such as `[전화번호*****]`.

    A placeholder has as many code points and UTF-16 units as what it replaces; masking twice changes nothing more.
    """
    parts = _around([match.span() for match in _PLACEHOLDER.finditer(text)], 0, len(text))
    # What stands next to a placeholder may be recognised only now, hence the rounds; texts need one or two of them.
    for _ in range(_MOST_ROUNDS):
        text, parts = _mask_parts(text, parts)
        if not parts:
            break
    return text


def _mask_parts(text: str, parts: list[_Span]) -> tuple[str, list[_Span]]:
    """The text with the numbers inside `parts` masked, and what is left of those parts that had any."""
    pieces, left, end = [], [], 0
    for start, stop in parts:
        found = [(start + first, start + last, label) for first, last, label in sorted(_numbers(text[start:stop]))]
        for first, last, label in found:
            pieces += [text[end:first], _placeholder(label, text[first:last])]
            end = last
        if found:
            left += _around([(first, last) for first, last, _ in found], start, stop)
    return "".join([*pieces, text[end:]]), left


def _numbers(part: str) -> Iterator[tuple[int, int, str]]:
    """Where personal numbers are in the part and their labels; none overlaps another."""
    folded = Folded.of(part)
    for kind in KINDS:
        found = list(kind.find(folded))
        for first, last in found:
            yield folded.offsets[first], folded.offsets[last], kind.label
        if found:
            folded = folded.without(found)


def _around(found: list[_Span], start: int, stop: int) -> list[_Span]:
    """The parts of start..stop around the spans that were found, if they have room for a number."""
    edges = [start, *(edge for span in found for edge in span), stop]
    return [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if last - first >= _SHORTEST]


def _placeholder(label: str, number: str) -> str:
    wide = sum(character > _WIDEST_NARROW for character in number)
    room = len(number) - wide - len(label) - len("[]")
    if room < 0:
        return _WIDE_FILLER * wide + _FILLER * (len(number) - wide)
    return f"[{label}{_FILLER * room}{_WIDE_FILLER * wide}]"
