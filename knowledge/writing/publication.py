"""Puts changes on a copy of a knowledge base to try them, and in its files: all or none; makes new folders."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from knowledge.errors import NotWrittenError
from knowledge.loading.base_files import files_of
from knowledge.loading.json_schema import first_line, schema_files
from knowledge.wording.new_base_files import NEW_BASE_FILES
from knowledge.writing.changes import Change


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
        raise NotWrittenError("copy-not-made", reason=error) from None


def publish(folder: Path, changes: Sequence[Change]) -> None:
    """Puts the changes in the real files, each at once and as a whole; raises NotWrittenError and undoes all else."""
    for change in changes:
        if _content(folder / change.file) != change.before:
            raise NotWrittenError("changed-meanwhile", file=folder / change.file)
    done: list[Change] = []
    try:
        for change in changes:
            done.append(change)
            _replace(folder / change.file, change.after)
    except OSError as error:
        restore(folder, done)
        raise NotWrittenError("file-not-written", file=folder / done[-1].file, reason=error.strerror) from None
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
        raise NotWrittenError("file-not-read", file=file, reason=error.strerror) from None


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


def make_base(folder: Path) -> None:
    """Makes a folder with a small base that is live at once. Raises NotWrittenError when something is there already."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotWrittenError("folder-not-empty", folder=folder)
        for name, text in NEW_BASE_FILES.items():
            heading = f"{first_line(folder / name, folder)}\n" if name.endswith(".yaml") else ""
            _write_file(folder / name, heading + text)
        write_schemas(folder)
    except OSError as error:
        raise NotWrittenError("folder-not-made", folder=folder, reason=error.strerror) from None


def write_schemas(folder: Path) -> list[str]:
    """Writes the schemas of the files into the folder; the names of those that changed. Raises OSError."""
    changed = []
    for name, text in schema_files().items():
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            _write_file(file, text)
            changed.append(name)
    return changed


def _write_file(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
