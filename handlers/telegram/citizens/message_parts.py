"""From the service's messages to what Telegram takes: HTML, in parts that fit, none of which it refuses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

MOST_UNITS = 4096
"""What one message holds. Telegram counts code points; UTF-16 units are never fewer, and some clients count those."""

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = "".join(map(chr, range(33))) + "\u00a0\u2000\u200b\u2028\u2029\u3000"
"""Telegram trims these off, and refuses a message of nothing else."""
_NOTHING = "…"
_GOOD_PLACES = ("\n\n", "\n", " ")


@dataclass(frozen=True, slots=True)
class Part:
    """One message's text, as HTML and as plain text for when Telegram cannot read the HTML."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    bold: bool

    def html(self) -> str:
        escaped = escape(self.text, quote=False)
        return f"<b>{escaped}</b>" if self.bold else escaped


def render(text: str) -> list[Part]:
    """The text of a message in as many parts as it needs; always at least one, and none that looks empty."""
    return _parts(list(_runs(encodable(text))))


def render_literally(text: str) -> list[Part]:
    """The same for a text in which nothing is markup: what is written is what is read."""
    return _parts([_Run(encodable(text), bold=False)])


def encodable(text: str) -> str:
    """The text without halves of characters, which no encoding can carry."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _runs(text: str) -> Iterator[_Run]:
    done = 0
    for found in _BOLD.finditer(text):
        yield _Run(text[done : found.start()], bold=False)
        yield _Run(found[1], bold=True)
        done = found.end()
    yield _Run(text[done:], bold=False)


def _parts(runs: list[_Run]) -> list[Part]:
    parts = [_part(page) for page in _split(runs)]
    return [part for part in parts if part.plain.strip(_INVISIBLE)] or [Part(_NOTHING, _NOTHING)]


def _part(runs: Iterable[_Run]) -> Part:
    shown = [run for run in runs if run.text]
    return Part("".join(run.html() for run in shown), "".join(run.text for run in shown))


def _split(runs: list[_Run]) -> list[list[_Run]]:
    """The runs in pages that fit."""
    pages = []
    rest = runs
    while rest:
        end = _page_end("".join(run.text for run in rest))
        page, rest = _cut(rest, end)
        pages.append(page)
    return pages


def _page_end(text: str) -> int:
    """After how many characters to break: between paragraphs, lines or words where that wastes less than half."""
    fits = _fitting(text)
    if fits == len(text):
        return fits
    for mark in _GOOD_PLACES:
        place = text.rfind(mark, fits // 2, fits)
        if place > 0:
            return place + len(mark)
    return fits


def _fitting(text: str) -> int:
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > MOST_UNITS:
            return index
    return len(text)


def _cut(runs: list[_Run], end: int) -> tuple[list[_Run], list[_Run]]:
    page: list[_Run] = []
    for index, run in enumerate(runs):
        if end < len(run.text):
            return [*page, _Run(run.text[:end], run.bold)], [_Run(run.text[end:], run.bold), *runs[index + 1 :]]
        page.append(run)
        end -= len(run.text)
    return page, []
