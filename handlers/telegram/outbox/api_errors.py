"""What an error of the Bot API says about a call, and how long to wait after it.

Telegram tells most errors apart by their texts only.
"""

import random
import re

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from handlers.telegram.outbox.client import never_arrived

_REASONS = {
    "blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "can't initiate conversation": "not-started",
    "was kicked": "kicked",
    "is not a member": "not-a-member",
    "chat not found": "chat-not-found",
    "peer_id_invalid": "chat-not-found",
    "group chat was deleted": "chat-deleted",
    "not enough rights": "no-rights",
    "have no rights": "no-rights",
    "chat_write_forbidden": "no-rights",
}
_FORESEEN = re.compile(
    r"can't parse|is empty|too long|utf-8|button|keyboard|markup|repl|thread|topic|message|query|invalid|wrong|file"
    r"|chat|user|peer|rights|forbidden: bot",
    re.IGNORECASE,
)
"""What Telegram says of a call that is refused for good: of what is in it, or of whom it is for."""
_WORDS = frozenset(_REASONS.values()) | {"message-gone"}
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_JITTER = 0.25
_NOTHING_DONE = ("internal server error", "service unavailable", "too many requests")
"""Answers of Telegram's own server, which did not do what was asked; a gateway's answer says nothing of the kind."""


class TokenRefusedError(TelegramError):
    """Telegram does not accept the bot's token, or does not any more: it was revoked."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept the token; it may have been revoked: "
            "set TELEGRAM_BOT_TOKEN to the one that @BotFather shows, and start again"
        )


def says(error: TelegramError, *texts: str) -> bool:
    """Whether one of the texts stands in the error."""
    message = error.message.lower()
    return any(text in message for text in texts)


def is_answer(error: TelegramError) -> bool:
    """Whether Telegram understood the call and said no."""
    return isinstance(error, BadRequest | Forbidden | ChatMigrated | RetryAfter)


def is_doubtful(error: TelegramError) -> bool:
    """Whether the call may have had an effect although it failed."""
    if is_answer(error) or never_arrived(error):
        return False
    if isinstance(error, NetworkError):
        return not says(error, *_NOTHING_DONE)
    return says(error, "invalid server response")


def retry_after(error: TelegramError) -> float:
    """For how many seconds Telegram asks to wait; 0 where it does not ask."""
    if not isinstance(error, RetryAfter):
        return 0.0
    return float(error._retry_after.total_seconds())  # noqa: SLF001 - the public name warns that its type will change


def backoff(attempts: int) -> float:
    """How many seconds to wait after so many attempts: twice as long each time, and not all calls for the same time."""
    seconds = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(attempts, 10))
    return float(seconds * (1 + random.random() * _JITTER))  # noqa: S311 - spreads load, keeps no secret


def reason(error: TelegramError) -> str:
    """Why a call will never be made: a word, or Telegram's text without what it quotes, as that may be a citizen's."""
    for text, word in _REASONS.items():
        if says(error, text):
            return word
    return re.sub(r'"[^"]*"', '"…"', " ".join(error.message.split()))[:200]


def is_foreseen(error: TelegramError) -> bool:
    """Whether the refusal says of the call that it will never be made, rather than something nobody knows."""
    return says(error, *_REASONS) or _FORESEEN.search(error.message) is not None


def short(closed: str) -> str:
    """The reason as one of a few words, to count by."""
    return closed if closed in _WORDS else "refused"
