"""Fixtures that tests of every room can ask for, and how many run at once."""

import os

import pytest

pytest_plugins = ("tests.migrated_tables", "tests.postgresql")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: the tests that kill the assistant and count mostly wait for it."""
    return (os.cpu_count() or 1) + 1
