"""Fixtures that tests of every room can ask for, and how many run at once."""

import os

import pytest

pytest_plugins = ("tests.migrated_tables", "tests.postgresql", "tests.unsynced_files")


_WAITING = (
    "tests/follow_up/",
    "tests/delivery/",
    "tests/test_main.py",
    "tests/test_serving.py",
    "tests/test_signals.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that mostly wait for programs go first: one worker begins with them while others keep the cores busy."""
    items.sort(key=lambda item: not (item.get_closest_marker("installs") or item.nodeid.startswith(_WAITING)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: the tests that kill the assistant and count mostly wait for it."""
    return (os.cpu_count() or 1) + 1
