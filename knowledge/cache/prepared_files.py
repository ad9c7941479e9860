"""Keeps one object a digest in a folder that only its owner can read or write.

Objects are pickled, and whoever can write a pickle can run code as its reader. A file or folder is therefore used only
when it belongs to the user this process runs as, and nobody else may write or read it.
"""

import hashlib
import logging
import os
import pickle
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

logger = logging.getLogger(__name__)

KEPT = 5
"""Files in the folder; the oldest go."""
MOST_BYTES = 1_000_000_000
"""Of one file: what is larger is not kept."""
_ABANDONED = 600
"""Seconds after which an unfinished file belongs to a process that was killed."""
_SUFFIX, _UNFINISHED = ".pickle", ".unfinished"
_MARK = b"hub-assistant-1\n"
_SUM = hashlib.sha256().digest_size
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class UnusableCacheError(Exception):
    """A file or folder of the cache that is not used; the message says why. Never leaves this module."""


class PreparedFiles:
    """A folder of kept objects. Nothing here ever raises: without a cache all goes on, only slower."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, digest: str) -> Any | None:
        """The object kept for the digest; None when there is none, or none that can be relied on."""
        try:
            self._check_folder()
            return pickle.loads(_checked(self._file(digest)))  # noqa: S301  # only its owner could have written it
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001  # a damaged pickle may raise anything
            logger.warning("the cache is not used: %s", _said(error))
            return None

    def save(self, digest: str, kept: object) -> None:
        """Keeps the object; a process killed at any moment, or a full disk, leaves no broken file behind."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._check_folder()
            self._tidy(make_room=self._file(digest))
            self._write(self._file(digest), kept)
        except (OSError, UnusableCacheError) as error:
            logger.warning("the cache is not written: %s", _said(error))

    def _file(self, digest: str) -> Path:
        return self._folder / f"{digest}{_SUFFIX}"

    def _check_folder(self) -> None:
        _check_owner(os.lstat(self._folder), self._folder, stat.S_ISDIR)

    def _write(self, file: Path, kept: object) -> None:
        descriptor, unfinished = tempfile.mkstemp(suffix=_UNFINISHED, dir=self._folder)  # readable by its owner alone
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(_MARK + bytes(_SUM))
                summed = _Summed(stream)
                pickle.dump(kept, summed, protocol=5)
                stream.seek(len(_MARK))
                stream.write(summed.sum.digest())
            Path(unfinished).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(unfinished).unlink()
            raise

    def _tidy(self, make_room: Path) -> None:
        """Deletes what killed processes left, and the oldest files but KEPT, one of which is to be written."""
        now = time.time()
        for unfinished in self._folder.glob(f"*{_UNFINISHED}"):
            if now - unfinished.stat().st_mtime > _ABANDONED:
                unfinished.unlink(missing_ok=True)
        others = [file for file in self._folder.glob(f"*{_SUFFIX}") if file != make_room]
        others.sort(key=lambda file: file.stat().st_mtime, reverse=True)
        for old in others[KEPT - 1 :]:
            old.unlink(missing_ok=True)


class _Summed:
    """A file that sums up what is written: a pickle as a whole would take as much memory as what is kept."""

    def __init__(self, stream: BinaryIO) -> None:
        self.sum = hashlib.sha256()
        self._stream, self._size = stream, 0

    def write(self, content: bytes) -> int:
        """Raises OSError, and UnusableCacheError when it becomes too large."""
        view = memoryview(content)
        self._size += view.nbytes
        if self._size > MOST_BYTES:
            raise UnusableCacheError(f"more than {MOST_BYTES:,} bytes are too many to keep")
        self.sum.update(view)
        return self._stream.write(view)


def _checked(file: Path) -> memoryview:
    """The pickle in the file. Raises OSError or UnusableCacheError."""
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
        _check_owner(os.fstat(stream.fileno()), file, stat.S_ISREG)
        content = memoryview(stream.read(MOST_BYTES + len(_MARK) + _SUM))
    head, expected, pickled = content[: len(_MARK)], content[len(_MARK) :][:_SUM], content[len(_MARK) + _SUM :]
    if head != _MARK or hashlib.sha256(pickled).digest() != expected:
        raise UnusableCacheError(f"{file} is damaged")
    return pickled


def _check_owner(found: os.stat_result, path: Path, is_kind: Any) -> None:
    if not is_kind(found.st_mode):
        raise UnusableCacheError(f"{path} is not of the kind that belongs here")
    if found.st_uid != os.geteuid():
        raise UnusableCacheError(f"{path} belongs to another user")
    if found.st_mode & _OTHERS:
        raise UnusableCacheError(f"{path} is open to other users; allow nobody but its owner (chmod go-rwx)")


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, UnusableCacheError) else f"{type(error).__name__}: {error}"
