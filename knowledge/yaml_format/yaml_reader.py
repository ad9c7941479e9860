"""Reads YAML strictly: every scalar is text, and what could surprise an editor or harm the process is refused.

PyYAML's own conversions turn 062 into 50, 22:00 into 1320 and `no` into False; its duplicate keys let the last one
win silently; aliases, merge keys and deep nesting can exhaust memory or crash libyaml. So the lines are looked at and
mended first (`scanner`), then tokens are checked, which costs no recursion and no expansion, and only then nodes are
composed by libyaml. What still cannot be read is left out, an entry at a time, and the rest is read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePath
from typing import Any

from knowledge.errors import Fault, details
from knowledge.yaml_format.scanner import Scan, scan
from knowledge.yaml_format.signs import SEPARATORS, lines_of, name_of
from knowledge.yaml_format.yaml_nodes import DataPath, Nodes, Place, nodes_of

MAX_BYTES = 1_000_000
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as nested dicts, lists and strings, and where each of them stands."""

    data: Any = None
    places: dict[DataPath, Place] = field(default_factory=dict)
    key_places: dict[DataPath, Place] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    """The file's own lines."""
    mended: frozenset[int] = frozenset()
    """The lines (from 1) that had faults and were mended to go on."""
    lost_ids: frozenset[str] = frozenset()
    """The ids of entries that could not be read."""
    is_whole: bool = True
    """Whether all that the file says is known, but for entries with those ids."""

    def place(self, path: DataPath) -> Place:
        """The place of the value at `path`, or of the nearest value around it that exists."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place(1, 1)

    def end_of(self, path: DataPath) -> int:
        """The line at which the next item of its list begins, or that after the last one."""
        following = (*path[:-1], path[-1] + 1) if path and isinstance(path[-1], int) else None
        return self.places[following].line if following in self.places else len(self.lines) + 1

    def key_place(self, path: DataPath) -> Place:
        """The place of the key that `path` ends with."""
        return self.key_places.get(path) or self.place(path)

    def line(self, number: int) -> str:
        """The line of that number, which counts from 1, without its end; empty when there is none."""
        return self.lines[number - 1].rstrip() if 0 < number <= len(self.lines) else ""


def read_yaml(file: Path, name: str) -> tuple[Document, list[Fault]]:
    """The file's contents with places, and every fault found; `name` is how faults call the file.

    With faults that make all of the text unreadable, the document's data is None.
    """
    raw, faults = _read_bytes(file, name)
    if raw is None:
        return Document(is_whole=False), faults
    text, faults = decoded(raw, name)
    if text is None:
        return Document(is_whole=False), faults
    if not text.strip():
        return Document(is_whole=False), [*faults, Fault(name, 1, 1, "empty-file")]
    lines = tuple(_LINE_END.split(text))
    faults += _separators(lines, name)
    scanned = scan(SEPARATORS.sub(" ", text), name)
    document, more = _document(scanned, name, lines)
    return document, [*faults, *scanned.faults, *more]


def _separators(lines: tuple[str, ...], name: str) -> list[Fault]:
    """A fault for each line in which there is the end of one that nobody sees."""
    found = ((number, SEPARATORS.search(line)) for number, line in enumerate(lines, start=1))
    return [
        Fault(name, number, match.start() + 1, "hidden-character", details(name=name_of(match[0])))
        for number, match in found
        if match
    ]


def _read_bytes(file: Path, name: str) -> tuple[bytes | None, list[Fault]]:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [Fault(name, 1, 1, "unreadable", details(reason=error.strerror))]
    if len(raw) > MAX_BYTES:
        return None, [Fault(name, 1, 1, "too-large", details(limit=f"{MAX_BYTES:,}"))]
    return raw, []


def _document(scanned: Scan, name: str, lines: tuple[str, ...]) -> tuple[Document, list[Fault]]:
    nodes, faults = nodes_of(scanned.text, name)
    lost: set[str] = set()
    if nodes is None:
        nodes, faults, lost = _without_unreadable_parts(scanned, name)
    if nodes is None:
        lost |= ids_in(lines)
        return Document(None, lines=lines, mended=scanned.mended, lost_ids=frozenset(lost), is_whole=False), faults
    kept = [fault for fault in faults if fault.line not in scanned.mended]
    if nodes.data is None and not kept and not scanned.faults:
        kept.append(Fault(name, 1, 1, "empty-file"))
    document = Document(nodes.data, nodes.places, nodes.key_places, lines, scanned.mended, frozenset(lost))
    return document, kept


def _without_unreadable_parts(scanned: Scan, name: str) -> tuple[Nodes | None, list[Fault], set[str]]:
    """What is left when each part that cannot be read by itself is taken out, the faults, and the ids in such parts."""
    lines = lines_of(scanned.text)
    faults: list[Fault] = []
    lost: set[str] = set()
    for part in parts_of(lines):
        nodes, found = nodes_of("".join(lines[part.start : part.stop]), name, part.start)
        if nodes is None:
            # What comes after a mended line is a consequence of it.
            caused = min((line for line in scanned.mended if part.start < line <= part.stop), default=None)
            faults += [fault for fault in found if caused is None or fault.line < caused]
            lost |= ids_in(lines[part.start : part.stop])
            blanked(lines, part)
    nodes, found = nodes_of("".join(lines), name)
    if nodes is None and not faults and not scanned.faults:
        faults = found
    return nodes, faults + (found if nodes else []), lost


__all__ = ["MAX_BYTES", "DataPath", "Document", "Place", "read_yaml"]


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


_DOCUMENTS = {
    b"\xd0\xcf\x11\xe0": "한글/Word/Excel",
    b"PK\x03\x04": "한글/Word/Excel",
    b"%PDF": "PDF",
    b"HWP Document": "한글",
}
_UTF_16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_LOOKED_AT = 400
"""Bytes; enough to see whether many a second one is zero, as those of Latin letters and line breaks are."""


def decoded(raw: bytes, name: str) -> tuple[str | None, list[Fault]]:
    """The text as far as one can be made of the bytes, and what is wrong with how it was saved.

    A text in another encoding is read all the same, so that its other faults can be told in the same run.
    """
    end = PurePath(name).name
    for mark, program in _DOCUMENTS.items():
        if raw.startswith(mark):
            return None, [Fault(name, 1, 1, "document-file", details(program=program, name=end))]
    if encoding := _utf_16(raw):
        text = raw.decode(encoding, errors="replace").lstrip("\ufeff")
        return text, [Fault(name, 1, 1, "utf-16", details(name=end))]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _otherwise(raw, error, name, end)


def _utf_16(raw: bytes) -> str | None:
    for mark, encoding in _UTF_16_MARKS.items():
        if raw.startswith(mark):
            return encoding
    beginning = raw[:_LOOKED_AT]
    zeros = {"utf-16-be": beginning[::2].count(0), "utf-16-le": beginning[1::2].count(0)}
    encoding, most = max(zeros.items(), key=lambda item: item[1])
    return encoding if most > len(beginning) / 8 and most > 4 * min(zeros.values()) else None


def _otherwise(raw: bytes, error: UnicodeDecodeError, name: str, end: str) -> tuple[str | None, list[Fault]]:
    before = raw[: error.start].decode("utf-8-sig", errors="replace")
    if before.isascii():  # else it is UTF-8 that was damaged
        with suppress(UnicodeDecodeError):
            return raw.decode("cp949"), [Fault(name, 1, 1, "cp949", details(name=end))]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return None, [Fault(name, line, column, "not-utf-8", details(byte=error.start + 1, name=end))]
