"""Answers presses, at once or never: a button stops turning only while the citizen still looks at it."""

from handlers.telegram.bot import Bot
from handlers.telegram.outbox.calls import call


async def acknowledge(bot: Bot, query: str, notice: str | None) -> None:
    """Answers the press of that id, with a notice where there is one. Raises TelegramError."""
    await call(bot, "answerCallbackQuery", {"callback_query_id": query} | ({"text": notice} if notice else {}))
