"""Who belongs to the staff: whoever Telegram says is a member of their group at that very moment."""

import time
from collections.abc import Callable
from enum import Enum
from typing import Any

from telegram.error import BadRequest, Forbidden, TelegramError

from handlers.telegram.bot import Bot
from handlers.telegram.outbox.calls import call
from handlers.telegram.outbox.meaning import says

_KEPT_SECONDS = 3.0
_ANSWER_SECONDS = 5.0
_MOST_KEPT = 1000
_NO_MEMBER = ("user not found", "participant_id_invalid", "user_id_invalid", "member not found")
_MEMBERS = frozenset(("creator", "administrator", "member"))


class Standing(Enum):
    """What Telegram says of somebody."""

    MEMBER = "member"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    """Telegram cannot be asked now."""


class Membership:
    """Asks Telegram, and believes an answer for at most three seconds. `seconds` is a clock that only grows."""

    def __init__(self, bot: Bot, seconds: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._seconds = seconds
        self._known: dict[tuple[int, int], tuple[float, Standing]] = {}

    async def of(self, chat: int, user: int) -> Standing:
        """How the user stands in the chat; raises nothing."""
        now = self._seconds()
        asked_at, standing = self._known.get((chat, user), (0.0, Standing.UNKNOWN))
        if standing is not Standing.UNKNOWN and now - asked_at < _KEPT_SECONDS:
            return standing
        standing = await self._ask(chat, user)
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[chat, user] = (now, standing)
        return standing

    async def _ask(self, chat: int, user: int) -> Standing:
        arguments = {"chat_id": chat, "user_id": user}
        try:
            return _standing(await call(self._bot, "getChatMember", arguments, _ANSWER_SECONDS))
        except BadRequest as error:
            return Standing.STRANGER if says(error, *_NO_MEMBER) else Standing.UNKNOWN
        except (Forbidden, TelegramError):
            return Standing.UNKNOWN


def _standing(member: Any) -> Standing:
    status = member.get("status") if isinstance(member, dict) else None
    belongs = status in _MEMBERS or (status == "restricted" and member.get("is_member") is True)
    return Standing.MEMBER if belongs else Standing.STRANGER
