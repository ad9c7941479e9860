"""What cannot be answered gets a line that says what can."""

from telegram import Update

from bot.dialogue.messages import Message as Shown
from bot.wording import Sentences, sentences
from handlers.telegram.citizens.languages import language_of
from handlers.telegram.citizens.sending import reply
from handlers.telegram.context import Context


async def decline_command(update: Update, _: Context) -> None:
    """Replies to a command that does not exist."""
    await _say(update, _words(update).unknown_command)


async def decline_edit(update: Update, _: Context) -> None:
    """Replies to a question that was edited: its answer may have been read already."""
    await _say(update, _words(update).edited_question)


async def decline_content(update: Update, _: Context) -> None:
    """Replies to anything that is not text."""
    await _say(update, _words(update).text_only)


def _words(update: Update) -> Sentences:
    return sentences(language_of(update))


async def _say(update: Update, text: str) -> None:
    if update.effective_message:
        reply(update.effective_message, Shown(text), language_of(update))
