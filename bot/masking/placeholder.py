"""Finds personal numbers, and writes placeholders over them."""

import re
from collections.abc import Iterator

from bot.masking import identifiers, numbers
from bot.masking.plain_copy import DigitRun, PlainCopy, runs

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
_FEWEST_DIGITS = 7
_LONG_DIGITS = 17
_MOST_PARTS = 9
"""A number has no more groups, unless every digit stands by itself."""
_READ_OUT_KINDS = tuple(kind for kind in numbers.KINDS if kind.when_read_out)
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
    found += _in_digits(copy)
    if not found:
        found += identifiers.halves_in(copy)
    if not found:
        spoken = copy.spoken()
        if spoken.plain != copy.plain:
            read_out = sorted(_in_digits_read_out(copy, spoken))
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


def _in_digits(copy: PlainCopy) -> Iterator[tuple[_Span, str]]:
    """Where the plain copy has personal numbers, and of which kind; places in the copy, none overlaps another."""
    kinds = _possible(numbers.KINDS, copy.plain)
    for run in runs(copy.plain):
        yield from _found(run, kinds)
        yield from _long(run)


def _in_digits_read_out(copy: PlainCopy, spoken: PlainCopy) -> Iterator[tuple[_Span, str]]:
    """The same where digits are read out, or letters stand for them; places in `spoken`."""
    places = {offset: place for place, offset in enumerate(copy.offsets)}
    kinds = _possible(_READ_OUT_KINDS, spoken.plain)
    for run in runs(spoken.plain, read_out=True):
        for span, label in _found(run, kinds):
            if _is_spoken(copy, spoken, places, span):
                yield span, label


def _possible(kinds: tuple[numbers.Kind, ...], text: str) -> tuple[numbers.Kind, ...]:
    return tuple(kind for kind in kinds if kind.near is None or kind.near.search(text))


def _found(run: DigitRun, kinds: tuple[numbers.Kind, ...]) -> Iterator[tuple[_Span, str]]:
    digits, starts = run.digits, run.starts
    if len(digits) < _FEWEST_DIGITS:
        return
    taken = bytearray(len(digits))
    for kind in kinds:
        if run.in_page_address and not kind.in_page_address:
            continue
        end, room = 0, len(digits) - min(kind.lengths)
        for first in starts if kind.inside else run.heads:
            if end <= first <= room and kind.shape.match(digits, first):
                for last in (first + length for length in kind.lengths):
                    if not _is_possible(run, kind, first, last) or 1 in taken[first:last]:
                        continue
                    window = run.window(first, last)
                    if not window.is_of_decimals and kind.is_one(window):
                        taken[first:last] = bytes([1]) * (last - first)
                        yield window.span, kind.label
                        end = last
                        break


def _is_possible(run: DigitRun, kind: numbers.Kind, first: int, last: int) -> bool:
    """Whether the digits are grouped as such a number may be."""
    if last not in run.ends:
        return False
    begin, end = run.starts[first], run.ends[last]
    if end - begin == last - first > 1:  # every digit stands by itself, and all of such digits belong to the number
        if not kind.inside and end < len(run.sizes) and run.sizes[end] == 1:
            return False
    elif end - begin > _MOST_PARTS or (kind.layouts and run.sizes[begin:end] not in kind.layouts):
        return False
    return kind.shape.fullmatch(run.digits, first, last) is not None


def _long(run: DigitRun) -> Iterator[tuple[_Span, str]]:
    """Digits in a row that are too many for anything but a number of somebody."""
    if not run.in_page_address and max(run.sizes) >= _LONG_DIGITS:
        for first, size in zip(run.starts, run.sizes, strict=False):
            if size >= _LONG_DIGITS and numbers.is_long(window := run.window(first, first + size)):
                yield window.span, numbers.LONG


def _is_spoken(copy: PlainCopy, spoken: PlainCopy, places: dict[int, int], span: _Span) -> bool:
    """Whether what was taken for digits that are read out is not rather words around a number."""
    first, last = (places[spoken.offsets[place]] for place in (span[0], span[1] - 1))
    if first and _is_wordlike(copy.plain[max(0, first - 3) : first]):
        return False
    read_out = sum(character.isdigit() for character in spoken.plain[span[0] : span[1]]) - sum(
        character.isdigit() for character in copy.plain[first : last + 1]
    )
    begins_read_out = not copy.plain[first].isdigit() or not copy.plain[first + 1].isdigit()
    is_sure = begins_read_out and spoken.plain[span[0] : span[0] + 2].isdigit()
    # Letters that look like digits are no words, in the middle of digits.
    return read_out >= (1 if is_sure or not re.search("[가-힣]", copy.plain[first : last + 1]) else 3)


_BEFORE_READ_OUT = re.compile(r"[은는이가호화폰번락처로:]$")


def _is_wordlike(before: str) -> bool:
    return ("가" <= before[-1] <= "힣" and not _BEFORE_READ_OUT.search(before)) or before[-1].isdigit()
