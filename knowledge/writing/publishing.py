"""Puts changes on a copy of a knowledge base to try them, and in the real files: all of them or none."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.loading.base_files import files_of
from knowledge.writing.changes import Change


class NotWrittenError(KnowledgeError):
    """Files of the knowledge base could not be written; they are as they were."""


@contextmanager
def tried_out(folder: Path, changes: Sequence[Change]) -> Iterator[Path]:
    """A copy of the knowledge base with the changes, for the time of the context; raises NotWrittenError."""
    try:
        with tempfile.TemporaryDirectory(prefix="knowledge-") as name:
            copy = Path(name)
            for file in files_of(folder):
                target = copy / file.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
            for change in changes:
                target = copy / change.file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(change.after)
            yield copy
    except OSError as error:
        raise NotWrittenError(f"a copy of the knowledge base cannot be made: {error}; free some space") from None


def publish(folder: Path, changes: Sequence[Change]) -> None:
    """Puts the changes in the real files, each at once and as a whole; raises NotWrittenError and undoes all else."""
    for change in changes:
        if _content(folder / change.file) != change.before:
            raise NotWrittenError(f"{folder / change.file} was changed meanwhile; nothing was written: try again")
    done: list[Change] = []
    try:
        for change in changes:
            done.append(change)
            _replace(folder / change.file, change.after)
    except OSError as error:
        restore(folder, done)
        place = folder / done[-1].file
        raise NotWrittenError(f"{place} cannot be written: {error.strerror}; nothing was changed") from None
    except BaseException:
        restore(folder, done)
        raise


def restore(folder: Path, changes: Sequence[Change]) -> None:
    """Puts the files back as they were before the changes."""
    for change in reversed(changes):
        place = folder / change.file
        with suppress(OSError, NotWrittenError):  # what could not be written needs no restoring
            if _content(place) == change.before:
                continue
            if change.before is None:
                place.unlink(missing_ok=True)
            else:
                _replace(place, change.before)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.exists() else None
    except OSError as error:
        raise NotWrittenError(f"{file} cannot be read: {error.strerror}; nothing was written") from None


def _replace(file: Path, content: bytes) -> None:
    """A reader finds the file as it was or as it is, never a part of it; a power cut does not change that."""
    target = file.resolve()  # a link stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
