"""Pressed buttons. Each press is answered, or the citizen's button would go on turning."""

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.dialogue.messages import (
    Action,
    ChooseSuggestion,
    NoneOfThese,
    ShowEntry,
    ShowTopic,
    ShowTopics,
    TellMe,
    Vote,
    Withdraw,
)
from bot.dialogue.messages import Message as Shown
from bot.dialogue.presenter import ENTRIES_A_PAGE, turned_down
from bot.wording import sentences
from handlers.telegram.citizens import following_up
from handlers.telegram.citizens.callback_data import Press, decode
from handlers.telegram.citizens.languages import language_of
from handlers.telegram.citizens.sending import edit, remove_buttons, reply
from handlers.telegram.context import Context, Services
from handlers.telegram.updates.turns import current_turn


async def press_button(update: Update, context: Context) -> None:
    """Does what the pressed button asks for."""
    query = update.callback_query
    if not query:
        return
    press = decode(query.data or "")
    if not press or not isinstance(query.message, Message) or not _is_theirs(press.action, query, query.message):
        acknowledge(query, sentences(language_of(update)).stale_button)
        return
    acknowledge(query, await _do(press, query.message, context.services))


def acknowledge(query: CallbackQuery, notice: str | None = None) -> None:
    """Has a press answered, with a notice where there is one."""
    current_turn().acknowledgements[query.id] = notice


def _is_theirs(action: Action, query: CallbackQuery, message: Message) -> bool:
    """Whether the person may do this: what changes a recorded question is for whoever asked it, by a real button.

    Telegram vouches for the message, not for the data: a program can send any number.
    """
    if isinstance(action, ShowEntry | ShowTopic | ShowTopics):
        return True
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    if not any(button.callback_data == query.data for row in rows for button in row):
        return False
    asked = message.reply_to_message
    asker = asked.from_user if asked else None
    return message.chat.type == ChatType.PRIVATE or (asker is not None and asker.id == query.from_user.id)


async def _do(press: Press, message: Message, services: Services) -> str | None:
    """Does it; the notice for the citizen, if there is one."""
    match press.action:
        case ChooseSuggestion(number, entry_id):
            done = _choose(number, entry_id, press, message, services)
        case NoneOfThese(number):
            done = _turn_down(number, press, message, services)
        case ShowEntry(entry_id):
            done = _show_entry(entry_id, press, message, services)
        case ShowTopic(topic_id, page):
            done = _show_topic(topic_id, page, press, message, services)
        case ShowTopics():
            done = _show_topics(press, message, services)
        case TellMe(number):
            done = following_up.tell_me(number, press.language, message, services)
        case Withdraw(receipt):
            done = following_up.withdraw(receipt, press.language, message, services)
        case Vote() as vote:
            done = following_up.vote(vote, press.language, message, services)
    return await done


async def _choose(number: int, entry_id: str, press: Press, message: Message, services: Services) -> str | None:
    entry = services.assistant.entry(entry_id)
    if not entry:
        return sentences(press.language).stale_button
    if number:
        await services.assistant.choose(number)
    edit(message, services.presenter.chosen(entry, press.language), press.language)
    await services.assistant.go_on_from(entry, press.language, services.conversation(message.chat_id))
    return None


async def _turn_down(number: int, press: Press, message: Message, services: Services) -> str | None:
    words = sentences(press.language)
    if not number:
        edit(message, Shown(words.fallback), press.language)
        return None
    if await services.assistant.turn_down(number):
        edit(message, turned_down(number, press.language), press.language)
        return None
    remove_buttons(message)
    return words.turned_down_before


async def _show_entry(entry_id: str, press: Press, message: Message, services: Services) -> str | None:
    entry = services.assistant.entry(entry_id)
    if not entry:
        return sentences(press.language).stale_button
    reply(message, services.presenter.chosen(entry, press.language), press.language)
    await services.assistant.go_on_from(entry, press.language, services.conversation(message.chat_id))
    return None


async def _show_topic(topic_id: str, page: int, press: Press, message: Message, services: Services) -> str | None:
    topics = (topic for topic in services.assistant.knowledge.topics if topic.id == topic_id)
    topic = next(topics, None)
    if not topic or page * ENTRIES_A_PAGE >= len(topic.answerable):
        return sentences(press.language).stale_button
    edit(message, services.presenter.topic(topic, press.language, page), press.language)
    return None


async def _show_topics(press: Press, message: Message, services: Services) -> str | None:
    topics = services.presenter.topics(press.language)
    # What a fallback says must stay readable, while a page of questions is left for the list it came from.
    (edit if _lists_entries(message) else reply)(message, topics, press.language)
    return None


def _lists_entries(message: Message) -> bool:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    presses = [decode(str(button.callback_data)) for row in rows for button in row]
    return any(press and isinstance(press.action, ShowEntry) for press in presses)
