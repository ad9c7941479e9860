"""A Telegram inside this process, `tests.bot_api` without the network: for tests of what is Telegram's."""
