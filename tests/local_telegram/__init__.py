"""A Telegram inside this process, which takes the place of the network: for tests of what is Telegram's."""
