"""SQLite does not wait for the disk in tests: what that keeps safe is lost with the power alone, which no test cuts.

Tests of what the program asks of the disk ask for `synced`.
"""

from collections.abc import Iterator

import pytest

from bot.storage.systems import sqlite

_PRAGMAS = sqlite._PRAGMAS
_UNSYNCED = (*_PRAGMAS, "PRAGMA synchronous = OFF")


@pytest.fixture(scope="session", autouse=True)
def _files_are_unsynced() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "_PRAGMAS", _UNSYNCED)
        yield


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every database that the test opens waits for the disk, as the program's does."""
    monkeypatch.setattr(sqlite, "_PRAGMAS", _PRAGMAS)
