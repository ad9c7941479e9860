"""A lock that one process at a time has, on a file beside the database."""

import fcntl
import os
from pathlib import Path

_OWNER_ONLY = 0o600


class FileLock:
    """Implements `ExclusiveLock`. The system frees it when the process ends, however that happens.

    The file stays: were it deleted, two processes could each lock a file of that name. Processes that this one starts
    do not keep it locked, since they do not inherit the open file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    async def take(self) -> bool:
        """Whether this has the lock from now on; raises OSError when the file cannot be made."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    async def is_held(self) -> bool:
        """Whether this has the lock: nobody can take it away."""
        return self._descriptor is not None

    async def release(self) -> None:
        """Lets others have the lock."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
