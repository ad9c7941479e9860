"""Fixtures that tests of every room can ask for."""

pytest_plugins = ("tests.postgresql",)
