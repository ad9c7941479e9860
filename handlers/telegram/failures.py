"""What happens when a handler fails: the log says where, and the citizen hears it once."""

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.messages import Message as Shown
from bot.wording import sentences
from handlers.telegram.buttons import acknowledge
from handlers.telegram.context import Context
from handlers.telegram.languages import language_of
from handlers.telegram.sending import reply

logger = logging.getLogger(__name__)


async def report_failure(update: object, context: Context) -> None:
    """Logs the failure without anything a citizen wrote, and tells the citizen unless Telegram is what fails."""
    error = context.error
    number = update.update_id if isinstance(update, Update) else None
    if isinstance(error, Forbidden):
        logger.info("Update %s: the citizen has blocked the assistant", number)
    elif _is_outage(error):
        logger.error("Update %s: Telegram cannot be reached: %s", number, type(error).__name__)
    else:
        logger.error("Update %s could not be handled", number, exc_info=error)
        if isinstance(update, Update):
            await _apologize(update)


def _is_outage(error: Exception | None) -> bool:
    """Whether Telegram does not listen. What it did not confirm may have arrived, so nothing is sent again."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)


async def _apologize(update: Update) -> None:
    language = language_of(update)
    text = sentences(language).temporary_failure
    try:
        if update.callback_query:
            await acknowledge(update.callback_query, text)
        elif update.effective_message:
            await reply(update.effective_message, Shown(text), language)
    except TelegramError as error:
        logger.error("Update %s: the apology was not sent: %s", update.update_id, type(error).__name__)  # noqa: TRY400
