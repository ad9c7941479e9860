"""What happens when a handler fails: its turn is over, and what it had asked for is forgotten."""

import logging

from telegram import Update

from bot.dialogue.messages import Message as Shown
from bot.wording import sentences
from handlers.telegram.citizens.buttons import acknowledge
from handlers.telegram.citizens.languages import language_of
from handlers.telegram.citizens.sending import reply
from handlers.telegram.context import Context
from handlers.telegram.updates.turns import current_turn

logger = logging.getLogger(__name__)


async def note_failure(_: object, context: Context) -> None:
    """Has whoever runs the turn learn of the failure: they know whether to try again."""
    current_turn().failure = context.error


def apologize(update: Update) -> None:
    """Tells the citizen that it does not work now."""
    language = language_of(update)
    text = sentences(language).temporary_failure
    if update.callback_query:
        acknowledge(update.callback_query, text)
    elif update.effective_message:
        reply(update.effective_message, Shown(text), language)
