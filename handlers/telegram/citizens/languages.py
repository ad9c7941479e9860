"""In which language a citizen is spoken to where no reply decides it."""

import re

from telegram import Update

from knowledge.base import Language

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def language_of(update: Update) -> Language:
    """The language for fixed sentences: Korean for Korean apps and Korean texts, else English."""
    user, message = update.effective_user, update.effective_message
    if user and (user.language_code or "").lower().startswith("ko"):
        return "ko"
    written = (message.text or message.caption or "") if message and not update.callback_query else ""
    return "ko" if _HANGUL.search(written) else "en"
