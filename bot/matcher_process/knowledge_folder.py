"""The files of a knowledge folder: whether they changed, and a copy to fall back on."""

import asyncio
import os
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from bot.matcher_process.child import Timing
from knowledge.errors import Fault
from knowledge.loading.base_files import watched_in

_GATHERED, _STEP = 50, 10
"""Milliseconds for which changes are told as one."""
_EVERYTHING: Final[Mapping[str, Any]] = {"watch_filter": None, "yield_on_timeout": True}
_MOST_READ = 10_000_000
"""Bytes; no file of a knowledge base is as large."""


class FileState(NamedTuple):
    """What tells a file from what it was before.

    The time of the last change of its status tells of new rights, and of text that was changed behind an old date.
    """

    modified: int
    status_changed: int
    size: int
    inode: int


Snapshot = Mapping[str, FileState]
"""The state of each file, by its place in the folder."""


def snapshot_of(folder: Path) -> Snapshot:
    """The folder's files as they are now; one that vanishes meanwhile is left out."""
    return {str(file.relative_to(folder)): state for file in _files(folder) if (state := _state(file))}


def _files(folder: Path) -> list[Path]:
    with suppress(OSError):
        return watched_in(folder)
    return []


def _state(file: Path) -> FileState | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return FileState(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


class FolderWatch:
    """Looks at a folder when the system says that something in it changed, and again and again in any case.

    The system tells nothing of a folder that another one took the place of, nor of most network drives.
    """

    def __init__(self, folder: Path, timing: Timing) -> None:
        self.folder = folder
        self._timing = timing

    async def now(self) -> Snapshot:
        """The files as they are."""
        return await asyncio.to_thread(snapshot_of, self.folder)

    async def changes(self, since: Snapshot) -> AsyncGenerator[Snapshot, None]:
        """The files as they become, each time once nobody is writing them any more; at first they are as `since`."""
        async for _ in self._hints():
            seen = await self.now()
            while seen != since:
                await asyncio.sleep(self._timing.settled)
                before, seen = seen, await self.now()
                if seen == before:
                    since = seen
                    yield seen

    async def _hints(self) -> AsyncIterator[None]:
        """Something every time there may be a change, and every `look` seconds."""
        from watchfiles import awatch  # imports multiprocessing, and nothing is to be told of before the start

        look = int(self._timing.look * 1000)
        while True:
            # Without a folder there is nothing to be told of, and a folder that goes away ends the telling.
            with suppress(OSError, RuntimeError):
                async for _ in awatch(self.folder, debounce=_GATHERED, step=_STEP, rust_timeout=look, **_EVERYTHING):
                    yield
            await asyncio.sleep(self._timing.look)
            yield


class KeptFiles:
    """A copy of a folder's files in memory, small enough to be kept as long as the program runs."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        """Takes the files' text by their places in the folder."""
        self._sizes = {name: len(text) for name, text in texts.items()}
        self._packed = {name: zlib.compress(text, 1) for name, text in texts.items()}
        self._whole = {name for name, text in texts.items() if text.endswith(b"\n")}

    @classmethod
    def of(cls, folder: Path, snapshot: Snapshot) -> Self | None:
        """The files as they were at the snapshot; None when they are not like that any more."""
        try:
            kept = cls({name: (folder / name).read_bytes() for name in snapshot})
        except OSError:
            return None
        return kept if snapshot_of(folder) == snapshot else None

    def are_in(self, folder: Path) -> bool:
        """Whether the folder's files are these, text for text."""
        snapshot = snapshot_of(folder)
        if {name: state.size for name, state in snapshot.items()} != self._sizes:
            return False  # without reading what may be far too large
        others = self.of(folder, snapshot)
        return others is not None and others._packed == self._packed  # noqa: SLF001  # of the same class

    def write_to(self, folder: Path) -> None:
        """Writes them into an empty folder. Raises OSError."""
        for name, packed in self._packed.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(zlib.decompress(packed))

    def cut_off_in(self, folder: Path) -> list[Fault]:
        """A fault for each file that ended with a line break when it was kept, and does not in the folder now.

        That is how most files end that could not be written in full, and what is left of them may well be read without
        a fault, and say something else.
        """
        return [fault for name in sorted(self._whole) if (fault := _cut_off(folder / name, name))]


def _cut_off(file: Path, name: str) -> Fault | None:
    with suppress(OSError), file.open("rb") as stream:
        last = stream.seek(0, os.SEEK_END) - 1
        stream.seek(max(last, 0))
        if stream.read() == b"\n":
            return None
        stream.seek(0)
        lines = stream.read(_MOST_READ).decode(errors="replace").split("\n")
        return Fault(name, len(lines), len(lines[-1]) + 1, "cut-off", text=lines[-1])
    return None
