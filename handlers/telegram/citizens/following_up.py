"""What citizens do about questions and answers of their own: they ask to be told, withdraw, vote, and add something."""

from telegram import ForceReply, Message, Update
from telegram.constants import ChatType

from bot.dialogue.messages import Message as Shown
from bot.dialogue.messages import Vote
from bot.dialogue.presenter import my_questions
from bot.errors import UnknownQuestionError
from bot.records.errors import NotTheAskerError, UnknownReceiptError
from bot.records.tallies import VoteOutcome
from bot.wording import sentences
from handlers.telegram.citizens.callback_data import encode
from handlers.telegram.citizens.languages import language_of
from handlers.telegram.citizens.sending import remove_buttons, reply
from handlers.telegram.context import Context, Services
from knowledge.base import Language


async def tell_me(number: int, language: Language, message: Message, services: Services) -> str | None:
    """The citizen wants to be told the answer to the question that `message` replied to."""
    words = sentences(language)
    asked = message.reply_to_message
    if not asked or message.chat.type != ChatType.PRIVATE:
        return words.stale_button
    try:
        asker = await services.follow_up.subscriptions.tell_me(
            number, services.channel, message.chat_id, asked.message_id, language=language
        )
    except (UnknownQuestionError, NotTheAskerError):
        return words.stale_button
    remove_buttons(message)
    reply(asked, Shown(words.tell_me_confirmed.format(receipt=asker.receipt)), language)
    return None


async def withdraw(receipt: str, language: Language, message: Message, services: Services) -> str | None:
    """The citizen does not want to be told any more."""
    words = sentences(language)
    try:
        await services.follow_up.subscriptions.withdraw(receipt, services.channel, message.chat_id)
    except UnknownReceiptError:
        return words.stale_button
    said = words.withdrawn.format(receipt=receipt)
    remove_buttons(message)
    reply(message, Shown(said), language)
    return None


async def vote(vote: Vote, language: Language, message: Message, services: Services) -> str | None:
    """The citizen says whether an answer helped; who was not helped is asked what was missing."""
    words = sentences(language)
    if message.chat.type != ChatType.PRIVATE:
        return words.stale_button
    outcome = await services.follow_up.reports.vote(
        services.channel, message.chat_id, message.message_id, vote.entry_id, helpful=vote.helpful
    )
    if outcome is VoteOutcome.SAME:
        return words.voted_before
    remove_buttons(message, *(encode(Vote(vote.entry_id, helpful), language) for helpful in (True, False)))
    if not vote.helpful:
        await services.assistant.expect_missing(vote.entry_id, services.conversation(message.chat_id))
        hint = ForceReply(input_field_placeholder=words.what_was_missing_hint)
        reply(message, Shown(words.what_was_missing), language, hint)
    return words.thanks


async def list_mine(update: Update, context: Context) -> None:
    """Shows the citizen's own questions and how they stand."""
    message, language = update.effective_message, language_of(update)
    if message and message.chat.type == ChatType.PRIVATE:
        services = context.services
        mine = await services.follow_up.subscriptions.mine(services.channel, message.chat_id)
        reply(message, my_questions(mine, language, services.presenter.timezone), language)


async def forget(update: Update, context: Context) -> None:
    """Destroys what connects the citizen with what they asked."""
    message, language = update.effective_message, language_of(update)
    if message and message.chat.type == ChatType.PRIVATE:
        services = context.services
        await services.follow_up.subscriptions.forget(services.channel, message.chat_id)
        await services.assistant.end(services.conversation(message.chat_id))
        reply(message, Shown(sentences(language).forgotten), language)


async def take_addition(message: Message, text: str, language: Language, services: Services) -> bool:
    """Whether the message adds something to an earlier question or answer: then it is passed on to staff."""
    replied = message.reply_to_message
    if not replied or message.chat.type != ChatType.PRIVATE:
        return False
    words = sentences(language)
    number = await services.follow_up.subscriptions.asked_back_in(services.channel, message.chat_id, replied.message_id)
    if number is not None:
        await services.follow_up.subscriptions.add_note(number, text)
        reply(message, Shown(words.note_passed_on), language)
        return True
    return await _take_missing(message, text, language, services)


async def _take_missing(message: Message, text: str, language: Language, services: Services) -> bool:
    replied = message.reply_to_message
    prompts = {sentences(spoken).what_was_missing for spoken in ("ko", "en")}
    if not replied or replied.text not in prompts:
        return False
    conversation = services.conversation(message.chat_id)
    entry_id = await services.assistant.expected_missing(conversation)
    if entry_id is None:
        return False
    await services.follow_up.subscriptions.missing(f"{conversation}:{message.message_id}", text, language, entry_id)
    reply(message, Shown(sentences(language).missing_recorded), language)
    return True
