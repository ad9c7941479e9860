import pytest

from bot.storage.storage import Storage
from tests.bot.follow_up.building import Office
from tests.bot.storage.conftest import file, sqlite_url, storage, url

__all__ = ["file", "sqlite_url", "storage", "url"]


@pytest.fixture
def office(storage: Storage) -> Office:
    return Office(storage)


@pytest.fixture
def strict_office(storage: Storage) -> Office:
    """Where a second staff member must approve."""
    return Office(storage, needs_approval=True)
