"""Telegram inside this process: as the library takes a network: for tests of what is Telegram's."""
