"""Builds the bot."""

import logging
from datetime import UTC, tzinfo

from telegram.ext import Defaults, ExtBot
from telegram.request import BaseRequest

from handlers.telegram.outbox.client import AiohttpRequest

TELEGRAM = "https://api.telegram.org/bot"

Bot = ExtBot[None]


def build_bot(token: str, base_url: str = TELEGRAM, timezone: tzinfo = UTC, request: BaseRequest | None = None) -> Bot:
    """The bot, which is not connected yet; `request` takes the place of the network in tests."""
    _quiet_libraries()
    return ExtBot(
        token,
        base_url,
        request=request or AiohttpRequest(64, pool_timeout=10.0),
        get_updates_request=request or AiohttpRequest(2),
        defaults=Defaults(tzinfo=timezone),
    )


def _quiet_libraries() -> None:
    """Keeps the token, which is in every address, and the citizens' words out of the log."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.INFO)
