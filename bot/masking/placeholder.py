"""Writes placeholders over personal numbers."""

import re
from collections.abc import Iterator

from bot.masking import identifiers, numbers
from bot.masking.plain_copy import PlainCopy

_LABELS = (
    numbers.RESIDENT,
    numbers.LICENCE,
    numbers.CARD,
    numbers.PHONE,
    numbers.ACCOUNT,
    numbers.LONG,
    identifiers.MAIL,
    identifiers.PASSPORT,
    identifiers.VEHICLE,
    identifiers.HOME,
)
_FILLER = "*"
_WIDE_FILLER = "\N{LOCK}"
"""Stands for a character that takes two UTF-16 units, so that offsets in those units stay right too."""
_WIDEST_NARROW = "\uffff"
_MOST_ROUNDS = 6
_SHORTEST = len("a@b.co")
_LONGEST = 200
"""Characters; nothing personal is written in more."""
PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(sorted(_LABELS))})[{_FILLER}{_WIDE_FILLER}]*\]|{_WIDE_FILLER}+")
_Span = tuple[int, int]
_Found = tuple[int, int, str]


def mask(text: str) -> str:
    """The text with each personal number replaced by a placeholder such as `[전화번호*****]`.

    A placeholder has as many code points and UTF-16 units as what it replaces; masking twice changes nothing more.
    """
    parts = _around([match.span() for match in PLACEHOLDER.finditer(text)], 0, len(text))
    # What stands next to a placeholder may be recognised only now, hence the rounds; texts need one or two of them.
    for _ in range(_MOST_ROUNDS):
        text, parts = _mask_parts(text, parts)
        if not parts:
            break
    return text


def hides_telephone_number(masked: str) -> bool:
    """Whether a telephone number stood in the text before it was masked."""
    return any(found[0].startswith(f"[{numbers.PHONE}") for found in PLACEHOLDER.finditer(masked))


def mask_beginning(text: str, most: int) -> str:
    """The first `most` characters of the text, masked, however long it is; no number is cut into an unmasked half."""
    return mask(text[: most + _LONGEST])[:most]


def personal_numbers(text: str) -> list[_Found]:
    """Where the text has personal numbers, and of which kind, in their order."""
    parts = _around([match.span() for match in PLACEHOLDER.finditer(text)], 0, len(text))
    return [
        (start + first, start + last, label)
        for start, stop in parts
        for first, last, label in _numbers(text[start:stop])
    ]


def _mask_parts(text: str, parts: list[_Span]) -> tuple[str, list[_Span]]:
    """The text with the numbers inside `parts` masked, and what is left of those parts that had any."""
    pieces, left, end = [], [], 0
    for start, stop in parts:
        found = [(start + first, start + last, label) for first, last, label in _numbers(text[start:stop])]
        for first, last, label in found:
            pieces += [text[end:first], _placeholder(label, text[first:last])]
            end = last
        if found:
            left += _around([(first, last) for first, last, _ in found], start, stop)
    return "".join([*pieces, text[end:]]), left


def _numbers(part: str) -> list[_Found]:
    """Where personal numbers are in the part and their labels, in order; none overlaps another."""
    copy = PlainCopy.of(part)
    found = _apart(identifiers.found_in(copy))
    if found:
        copy = copy.without([span for span, _ in found])
    found += numbers.found_in(copy)
    if not found:
        found += identifiers.halves_in(copy)
    if not found:
        spoken = copy.spoken()
        if spoken.plain != copy.plain:
            read_out = sorted(numbers.found_read_out(copy, spoken))
            return [_in_text(spoken, span, label) for span, label in read_out]
    return [_in_text(copy, span, label) for span, label in sorted(found)]


def _in_text(copy: PlainCopy, span: _Span, label: str) -> _Found:
    return copy.offsets[span[0]], copy.offsets[span[1]], label


def _apart(found: Iterator[tuple[_Span, str]]) -> list[tuple[_Span, str]]:
    """What was found first and longest, without what overlaps it."""
    kept: list[tuple[_Span, str]] = []
    for span, label in sorted(found, key=lambda one: (one[0][0], -one[0][1])):
        if not kept or kept[-1][0][1] <= span[0]:
            kept.append((span, label))
    return kept


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
