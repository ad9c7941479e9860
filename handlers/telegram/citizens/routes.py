"""Which update goes to which handler."""

from typing import Any

from telegram import Update
from telegram.constants import UpdateType
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler
from telegram.ext.filters import CAPTION, TEXT, Regex, StatusUpdate
from telegram.ext.filters import UpdateType as Kind

from handlers.telegram.citizens import buttons, commands, following_up, questions, unsupported
from handlers.telegram.citizens.addressing import ADDRESSED, PRIVATE
from handlers.telegram.context import Context

ALLOWED_UPDATES = (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY)

_TO_US = Kind.MESSAGE & ADDRESSED
_SLASH = Regex(r"^\s*/")


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Every handler, in the order in which they are asked; the first that wants an update gets it."""
    return [
        CallbackQueryHandler(buttons.press_button),
        CommandHandler("start", commands.start, Kind.MESSAGE),
        CommandHandler("help", commands.help_, Kind.MESSAGE),
        CommandHandler("topics", commands.topics, Kind.MESSAGE),
        CommandHandler("privacy", commands.privacy, Kind.MESSAGE),
        CommandHandler("myquestions", following_up.list_mine, Kind.MESSAGE),
        CommandHandler("forget", following_up.forget, Kind.MESSAGE),
        MessageHandler(_TO_US & commands.START_WORD, commands.start),
        MessageHandler(_TO_US & commands.HELP_WORD, commands.help_),
        MessageHandler(_TO_US & commands.TOPICS_WORD, commands.topics),
        MessageHandler(_TO_US & commands.PRIVACY_WORD, commands.privacy),
        MessageHandler(_TO_US & commands.MY_QUESTIONS_WORD, following_up.list_mine),
        MessageHandler(_TO_US & TEXT & _SLASH, unsupported.decline_command),
        MessageHandler(_TO_US & (TEXT | CAPTION), questions.answer_question),
        MessageHandler(Kind.MESSAGE & PRIVATE & ~StatusUpdate.ALL, unsupported.decline_content),
        MessageHandler(Kind.EDITED_MESSAGE & PRIVATE & (TEXT | CAPTION), unsupported.decline_edit),
    ]
