"""Builds the Telegram application from its parts."""

import logging
from datetime import UTC, tzinfo

from telegram import LinkPreviewOptions
from telegram.ext import AIORateLimiter, Application, ContextTypes, Defaults
from telegram.request import BaseRequest, HTTPXRequest

from handlers.telegram.context import Services, TelegramApplication, context_with
from handlers.telegram.failures import report_failure
from handlers.telegram.ordering import ChatOrder
from handlers.telegram.routes import handlers

TELEGRAM = "https://api.telegram.org/bot"
_RETRIES_WHEN_TOLD_TO_WAIT = 3


def build_application(
    token: str,
    services: Services,
    base_url: str = TELEGRAM,
    timezone: tzinfo = UTC,
    request: BaseRequest | None = None,
) -> TelegramApplication:
    """The application with all its handlers; nothing is sent before it runs.

    `request` takes the place of the network, in the local mode and in tests.
    """
    _quiet_libraries()
    application = (
        Application.builder()
        .token(token)
        .base_url(base_url)
        .request(request or HTTPXRequest(connection_pool_size=64, pool_timeout=10))
        .get_updates_request(request or HTTPXRequest(connection_pool_size=1))
        .rate_limiter(AIORateLimiter(max_retries=_RETRIES_WHEN_TOLD_TO_WAIT))
        .defaults(_defaults(timezone))
        .context_types(ContextTypes(context=context_with(services)))
        .concurrent_updates(ChatOrder())
        .job_queue(None)
        .updater(None)
        .build()
    )
    application.add_handlers(handlers())
    application.add_error_handler(report_failure)
    return application


def _defaults(timezone: tzinfo) -> Defaults:
    previews = LinkPreviewOptions(is_disabled=True)
    return Defaults(link_preview_options=previews, tzinfo=timezone, allow_sending_without_reply=True)


def _quiet_libraries() -> None:
    """Keeps the token, which is in every address, and the citizens' words out of the log."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.INFO)
