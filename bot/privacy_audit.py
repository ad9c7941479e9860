"""Looks for what must not be there: personal numbers that were written unmasked, and rows that are past their time.

What is found is told by its place and its kind, never by its words.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.masking import personal_numbers
from bot.storage.storage import Storage

_FILES_OF_DATABASE = ("", "-wal", "-journal")
"""What SQLite writes beside the file may hold what the file does not hold any more."""
_PORTION = 1024 * 1024
_OVERLAP = 512
"""Bytes; no personal number is written in more."""
_SHORTEST = 7
_KINDS_OF_KNOWLEDGE = ("*.yaml", "*.jsonl", "*.json")
_LONGEST_LINE = 100_000
_ENDS = (b"\0", b"\n")
_NOT_TEXT = re.compile(r"[^\n\x20-\x7e\u00b7\u2010-\u2026\u3000-\u3002\u3131-\u318e\uac00-\ud7a3\uff01-\uff5e]+")
"""What Korean and English texts are not written with; a file of numbers is full of it."""
_OF_MACHINES = re.compile(
    r'"\w+" ?: ?-?[0-9]+(?:\.[0-9]+)?(?![0-9])'  # numbers of JSON: those of chats, messages and moments
    r'|"(?:id|chat_instance|callback_data|data|file_id|file_unique_id|key)" ?: ?"(?:[^"\\]|\\.)*"'
    r"|[0-9]{20,}"
    r"|[0-9]{0,4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9:]{5})?"  # moments
    r"|[0-9a-f]{32,}"  # digests and keys
)
_NAMES_OF_MACHINES = frozenset(
    ("id", "chat_instance", "callback_data", "data", "file_id", "file_unique_id", "language_code", "type", "key")
)
_MAY_BE_PERSONAL = re.compile(
    rb"[0-9](?:[^0-9\x00]{0,8}[0-9]){5}|(?:\xef\xbc[\x90-\x99][^0-9\x00]{0,4}){6}"
    rb"|[A-Za-z0-9._-]{2} ?@ ?[A-Za-z0-9]{2}|\xea\xb3\xa8\xeb\xb1\x85\xec\x9d\xb4"
)
"""Six digits that are near each other, wide ones too, or an address of e-mail: most of a file is not looked at more."""
_PLAIN_FORM = re.compile(
    r"[0-9() .+-]{7,30}|[\w.+-]{1,40}@(?:[A-Za-z0-9-]{1,20}\.){1,3}[A-Za-z]{2,6}|[A-Z]{1,2}[0-9]{7,8}"
)
"""What most people write a number or an address in; a file of numbers has everything else by chance."""
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class Leak:
    """Where a personal number stands, such as `questions.text of row 12`, and of which kind it is."""

    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class PrivacyFindings:
    """What was found: leaks, and how many rows are past their time, by their tables; `places` were looked at."""

    leaks: tuple[Leak, ...]
    expired: dict[str, int]
    places: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.leaks and not self.expired


@dataclass(slots=True)
class Auditor:
    """Judges texts. Numbers that stand in `published` are the city's own."""

    published: frozenset[str]
    places: int = 0

    @classmethod
    def knowing(cls, folders: Iterable[Path]) -> "Auditor":
        """One that knows the files of the knowledge base: everybody may read them, and the cache is made of them."""
        lines = (
            line.decode(errors="replace")
            for folder in folders
            for kind in _KINDS_OF_KNOWLEDGE
            for file in sorted(folder.rglob(kind))
            for line in file.read_bytes().splitlines()
            if _MAY_BE_PERSONAL.search(line)
        )
        return cls(frozenset(_bare(line[first:last]) for line in lines for first, last, _ in personal_numbers(line)))

    def in_text(self, place: str, text: str) -> Iterator[Leak]:
        """The leaks of a text, which may be JSON."""
        self.places += 1
        for part in _strings(text):
            readable = _OF_MACHINES.sub("\n", part)
            for first, last, kind in personal_numbers(readable):
                if self._is_anybodys(readable[first:last]):
                    yield Leak(place, kind)

    def in_file(self, file: Path) -> Iterator[Leak]:
        """The leaks of a file of any kind, read as text where it is one. Raises OSError."""
        with file.open("rb") as stream:
            if b"\0" in stream.read(_PORTION):
                stream.seek(0)
                yield from self._in_binary(file, stream)
                return
            stream.seek(0)
            for number, line in enumerate(stream, start=1):
                yield from self.in_text(f"{file}, line {number}", line[:_LONGEST_LINE].decode(errors="replace"))

    def _in_binary(self, file: Path, stream: BinaryIO) -> Iterator[Leak]:
        """What reads like a text among what is none, in the forms that most people write."""
        place, before, told = 0, b"", -1
        while portion := stream.read(_PORTION):
            self.places += 1
            raw, start = before + portion, place - len(before)
            for begin, piece in _pieces(raw):
                if start + begin > told and (kind := self._kind_in(piece)):
                    told = start + begin
                    yield Leak(f"{file}, near byte {told}", kind)
            place += len(portion)
            before = raw[-_OVERLAP:]

    def _kind_in(self, piece: str) -> str | None:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), _OF_MACHINES.sub("\n", piece))
        for first, last, kind in personal_numbers(text):
            found = text[first:last]
            if _PLAIN_FORM.fullmatch(found) and self._is_anybodys(found):
                return kind
        return None

    def _is_anybodys(self, number: str) -> bool:
        """Whether it may be a person's: not the city's own, and no pattern such as `000-0000-0000`."""
        bare = _bare(number)
        return bare not in self.published and len(set(bare)) > 1


async def audit(
    storage: Storage, now: datetime, retention_days: int, auditor: Auditor, files: Collection[Path]
) -> PrivacyFindings:
    """Looks at every text of the database, at its file, and at these files and folders.

    Raises StorageError, and OSError where a file cannot be read.
    """
    leaks: list[Leak] = []
    async for place, text in storage.texts():
        leaks += auditor.in_text(place, text)
    for file in _all_files([*_files_of(storage.file), *files]):
        leaks += auditor.in_file(file)
    return PrivacyFindings(tuple(leaks), await storage.expired(now, retention_days), auditor.places)


def _files_of(database: Path | None) -> list[Path]:
    return [Path(f"{database}{end}") for end in _FILES_OF_DATABASE] if database else []


def _all_files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from (file for file in sorted(place.rglob("*")) if file.is_file())
        elif place.is_file():
            yield place


def _pieces(raw: bytes) -> Iterator[tuple[int, str]]:
    """What reads like text around each place that may be personal, and where it begins."""
    end = 0
    for found in _MAY_BE_PERSONAL.finditer(raw):
        if found.start() < end:
            continue
        begin = max(end, found.start() - _OVERLAP)
        begin = max(begin, max(raw.rfind(byte, begin, found.start()) for byte in _ENDS) + 1)
        end = min(len(raw), found.end() + _OVERLAP)
        text = _NOT_TEXT.split(raw[begin:end].decode(errors="replace"))
        yield from ((begin, piece) for piece in text if len(piece) >= _SHORTEST)


def _strings(text: str) -> Iterator[str]:
    """The strings of a text: all that JSON has in it but what machines gave, or the text itself."""
    try:
        value = json.loads(text) if text[:1] in "[{" and text else None
    except (ValueError, RecursionError):
        value = None
    if value is None:
        yield text
    else:
        yield from _leaves(value)


def _leaves(value: Any) -> Iterator[str]:
    rest = [value]
    while rest:
        part = rest.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, list):
            rest += part
        elif isinstance(part, dict):
            rest += (inner for name, inner in part.items() if name not in _NAMES_OF_MACHINES)


def _bare(number: str) -> str:
    return "".join(filter(str.isalnum, number))
