"""Inline keyboards: one button a row, because the labels are whole questions; only verdicts share one."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.dialogue.messages import Button, Message
from handlers.telegram.citizens.callback_data import encode
from handlers.telegram.citizens.rendering import encodable
from knowledge.base import Language

MOST_LABEL_CHARACTERS = 60
"""About two lines of a telephone's screen; longer labels are cut by Telegram's apps without a mark."""
_INVISIBLE = "\u200b\u2800\u3164"


def keyboard(shown: Message, language: Language) -> InlineKeyboardMarkup | None:
    """The keyboard of a message in that language, or None for a message without buttons."""
    rows = [[_inline(button, language)] for button in shown.buttons]
    if shown.verdict:
        rows.append([_inline(button, language) for button in shown.verdict])
    return InlineKeyboardMarkup(rows) if rows else None


def _inline(button: Button, language: Language) -> InlineKeyboardButton:
    return InlineKeyboardButton(label(button.label), callback_data=encode(button.action, language))


def label(text: str) -> str:
    """The text as one line that fits a button."""
    line = " ".join(encodable(text).split())
    if not line.strip(_INVISIBLE):
        return "…"
    return line if len(line) <= MOST_LABEL_CHARACTERS else line[: MOST_LABEL_CHARACTERS - 1].rstrip() + "…"
