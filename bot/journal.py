"""Updates kept on this machine's own disk while the database cannot be used, until they can be stored there.

The file has its full size from the start, so that a disk that is full is no hindrance, and is written over in place.
Each process has a file of its own in the folder; one that a process left behind is taken over by the next.
"""

import asyncio
import fcntl
import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from bot.delivery import ReceivedUpdate
from bot.errors import StorageError

SIZE = 4 * 1024 * 1024
"""Bytes: some thousand updates."""
_MOST_FILES = 64

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """An update, and whether it was answered already, so that it must not be handled again."""

    update: ReceivedUpdate
    served: bool


class Journal:
    """What is kept at the moment, in the order in which it came."""

    def __init__(self, files: list["_File"]) -> None:
        self._files = files
        self._one_at_a_time = asyncio.Lock()
        self.entries = [entry for file in files for entry in file.entries()]

    @classmethod
    def open(cls, folder: Path, size: int = SIZE) -> Self | None:
        """The journal in that folder, with what was left there; None where there is no room, which is logged."""
        files: list[_File] = []
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for number in range(_MOST_FILES):
                file = _File.locked(folder / f"{number}.journal", size, make=not files)
                if file:
                    files.append(file)
        except OSError as error:
            logger.warning(
                "No journal can be kept in %s (%s): while the database cannot be used, nothing is confirmed",
                folder,
                error.strerror,
            )
        return cls(files) if files else None

    async def add(self, entries: Sequence[KeptUpdate]) -> None:
        """Keeps the entries, safe from a loss of power. Raises StorageError when there is no more room."""
        async with self._one_at_a_time:
            await asyncio.to_thread(self._files[0].append, entries)
            self.entries += entries

    async def forget(self, count: int) -> None:
        """The first so many entries are stored elsewhere: they are destroyed."""
        async with self._one_at_a_time:
            rest = self.entries[count:]
            await asyncio.to_thread(self._rewrite, rest)
            self.entries = rest

    def close(self) -> None:
        """Lets another process have the files."""
        for file in self._files:
            file.close()

    def _rewrite(self, rest: Sequence[KeptUpdate]) -> None:
        self._files[0].rewrite(rest)
        for file in self._files[1:]:
            file.rewrite([])


class _File:
    """One file: a line of JSON an entry, and zeros behind."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self._size = size
        self._end = len(self._text())

    @classmethod
    def locked(cls, path: Path, size: int, *, make: bool) -> Self | None:
        """The file for this process alone; None where another one has it, or where there is none to be made."""
        if not make and not path.exists():
            return None
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            missing = size - os.fstat(descriptor).st_size
            if missing > 0:
                os.pwrite(descriptor, bytes(missing), size - missing)
                os.fsync(descriptor)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except OSError:
            os.close(descriptor)
            raise
        return cls(descriptor, size)

    def entries(self) -> list[KeptUpdate]:
        """What is kept; a line that was cut off by a loss of power was not confirmed to anybody."""
        found = []
        for line in self._text().splitlines():
            with suppress(ValueError, TypeError, KeyError):
                fields = json.loads(line)
                found.append(KeptUpdate(ReceivedUpdate(**fields["update"]), bool(fields["served"])))
        return found

    def append(self, entries: Sequence[KeptUpdate]) -> None:
        """Writes behind what is there. Raises StorageError."""
        self._write(self._end, entries)

    def rewrite(self, entries: Sequence[KeptUpdate]) -> None:
        """Writes over what is there. Raises StorageError."""
        if self._end:
            before, self._end = self._end, 0
            self._write(0, entries, at_least=before)

    def close(self) -> None:
        os.close(self._descriptor)

    def _write(self, place: int, entries: Sequence[KeptUpdate], at_least: int = 0) -> None:
        text = b"".join(json.dumps(asdict(entry)).encode() + b"\n" for entry in entries)
        if place + len(text) > self._size:
            raise StorageError("the journal is full: what comes is left to Telegram until the database can be used")
        try:
            self._write_all(text.ljust(at_least, b"\0"), place)
            os.fdatasync(self._descriptor)
        except OSError as error:
            raise StorageError(f"the journal cannot be written: {error.strerror}") from None
        self._end = place + len(text)

    def _write_all(self, data: bytes, place: int) -> None:
        """The system may write a part, as when a limit is reached in the middle; it refuses the rest then."""
        while data:
            written = os.pwrite(self._descriptor, data, place)
            data, place = data[written:], place + written

    def _text(self) -> bytes:
        return os.pread(self._descriptor, self._size, 0).partition(b"\0")[0]
