"""Telegram inside this process: for the local mode, which needs no account, and for the tests."""
