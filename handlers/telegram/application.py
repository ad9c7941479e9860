"""Builds the bot and, once the services behind the door are there, the application with its handlers."""

import logging
from datetime import UTC, tzinfo

from telegram.ext import Application, ContextTypes, Defaults, ExtBot
from telegram.request import BaseRequest

from handlers.telegram.citizens.routes import handlers
from handlers.telegram.context import Bot, Services, TelegramApplication, context_with
from handlers.telegram.outbox.client import AiohttpRequest
from handlers.telegram.staff.routes import staff_handlers
from handlers.telegram.updates.failures import note_failure

TELEGRAM = "https://api.telegram.org/bot"


def build_bot(token: str, base_url: str = TELEGRAM, timezone: tzinfo = UTC, request: BaseRequest | None = None) -> Bot:
    """The bot, which is not connected yet; `request` takes the place of the network, in the local mode and in tests."""
    _quiet_libraries()
    return ExtBot(
        token,
        base_url,
        request=request or AiohttpRequest(64, pool_timeout=10.0),
        get_updates_request=request or AiohttpRequest(2),
        defaults=Defaults(tzinfo=timezone),
    )


def build_application(bot: Bot, services: Services) -> TelegramApplication:
    """The application with all its handlers. It is given each update by whoever keeps them; it fetches none itself."""
    application = (
        Application.builder()
        .bot(bot)
        .context_types(ContextTypes(context=context_with(services)))
        .job_queue(None)
        .updater(None)
        .build()
    )
    if services.staff:
        application.add_handlers(staff_handlers(services.staff))
    application.add_handlers(handlers())
    application.add_error_handler(note_failure)
    return application


def _quiet_libraries() -> None:
    """Keeps the token, which is in every address, and the citizens' words out of the log."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.INFO)
