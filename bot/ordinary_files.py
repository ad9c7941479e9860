"""Reads files that settings name: a pipe or a device in the place of one would be waited for without an end."""

import errno
import os
import stat
from pathlib import Path


def ordinary_text(file: Path, encoding: str) -> str:
    """The text of the file. Raises OSError, also where it is a pipe, a device or a folder, and UnicodeError."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is a pipe, a device or a folder")
        with os.fdopen(descriptor, encoding=encoding, closefd=False) as stream:
            return stream.read()
    finally:
        os.close(descriptor)
