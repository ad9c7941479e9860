"""The Telegram door: the only room that knows Telegram."""
