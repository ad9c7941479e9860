"""The commands, also as the words that Korean citizens type for them."""

import unicodedata

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext.filters import MessageFilter

from bot.dialogue.messages import Message as Shown
from bot.wording import sentences
from handlers.telegram.citizens.languages import language_of
from handlers.telegram.citizens.sending import reply
from handlers.telegram.context import Context
from knowledge.base import Language


class Word(MessageFilter):
    """Messages that consist of one of the words, with or without a slash: Telegram's own commands are ASCII only."""

    def __init__(self, *words: str) -> None:
        super().__init__(name=f"Word({', '.join(words)})")
        self._words = {*words, *(f"/{word}" for word in words)}

    def filter(self, message: Message) -> bool:
        """Whether the message is one of the words, however its syllables are composed."""
        return unicodedata.normalize("NFC", message.text or "").strip().rstrip("!.~^").lower() in self._words


HELP_WORD = Word("도움말")
TOPICS_WORD = Word("주제")
START_WORD = Word("시작", "안녕", "안녕하세요", "안녕하세요?", "안녕하십니까", "하이", "hi", "hello")
"""A greeting asks nothing: it is greeted back, and not recorded as a question that could not be answered."""
MY_QUESTIONS_WORD = Word("내질문", "내 질문")
PRIVACY_WORD = Word("개인정보")


async def start(update: Update, context: Context) -> None:
    """Begins a new conversation: introduces the assistant, or shows the entry that a link or QR code names."""
    message, language = update.effective_message, language_of(update)
    if not message:
        return
    services = context.services
    conversation = services.conversation(message.chat_id)
    entry = services.assistant.entry(context.args[0]) if context.args else None
    if entry:
        reply(message, services.presenter.chosen(entry, language), language)
        await services.assistant.go_on_from(entry, language, conversation)
    else:
        await services.assistant.end(conversation)
        await _say(update, Shown(_introduction(message, sentences(language).welcome, language)))


async def help_(update: Update, _: Context) -> None:
    """Says how to ask."""
    message, language = update.effective_message, language_of(update)
    if message:
        await _say(update, Shown(_introduction(message, sentences(language).help, language)))


async def topics(update: Update, context: Context) -> None:
    """Lists the topics."""
    await _say(update, context.services.presenter.topics(language_of(update)))


async def privacy(update: Update, context: Context) -> None:
    """Says what becomes of a citizen's data."""
    text = sentences(language_of(update)).privacy.format(days=context.services.retention_days)
    await _say(update, Shown(text))


def _introduction(message: Message, text: str, language: Language) -> str:
    """The text, or in a group one line: the others there did not ask."""
    if message.chat.type == ChatType.PRIVATE:
        return text
    return sentences(language).group_hint.format(name=message.get_bot().username)


async def _say(update: Update, shown: Shown) -> None:
    if update.effective_message:
        reply(update.effective_message, shown, language_of(update))
