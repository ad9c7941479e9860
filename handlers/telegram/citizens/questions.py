"""Free text, and the captions of pictures: questions."""

import re
from contextlib import suppress

from telegram import Update
from telegram.constants import ChatType

from bot.dialogue.messages import Message as Shown
from bot.errors import StorageError
from bot.wording import sentences
from handlers.telegram.citizens.addressing import without_name
from handlers.telegram.citizens.following_up import take_addition
from handlers.telegram.citizens.languages import language_of
from handlers.telegram.citizens.rendering import encodable
from handlers.telegram.citizens.sending import reply
from handlers.telegram.context import Context, Services
from knowledge.finding import Finding, Outcome

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


async def answer_question(update: Update, context: Context) -> None:
    """Replies to a question from the knowledge base."""
    message = update.effective_message
    if not message:
        return
    question = _CONTROL.sub(" ", encodable(without_name(message))).strip()
    if not any(map(str.isalnum, question)):  # emoji, punctuation, invisible marks
        language = language_of(update)
        reply(message, Shown(sentences(language).empty_question), language)
        return
    services = context.services
    if await take_addition(message, question, language_of(update), services):
        return
    conversation = services.conversation(message.chat_id)
    found = await services.assistant.reply(question, f"{conversation}:{message.message_id}", conversation)
    await _count(found.finding, services)
    shown = services.presenter.reply(found)
    if message.chat.type != ChatType.PRIVATE and found.finding.outcome is not Outcome.SUGGESTIONS:
        shown = Shown(shown.text)  # what leads further would lead the whole group
    reply(message, shown, found.finding.language)


async def _count(finding: Finding, services: Services) -> None:
    """Counts the question; one that cannot be counted now is answered all the same."""
    services.metrics.count_reply(finding.outcome)
    with suppress(StorageError):
        await services.follow_up.reports.count(finding.outcome, finding.entry.id if finding.entry else None)
