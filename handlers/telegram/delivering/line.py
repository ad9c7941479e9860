"""The line to Telegram: every call goes over it, so it is known how Telegram fares."""

from collections.abc import Callable
from typing import Any

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from handlers.telegram.delivering.amending import Request
from handlers.telegram.delivering.calls import CALL_SECONDS, call
from handlers.telegram.delivering.counters import Counters
from handlers.telegram.delivering.meaning import is_answer
from handlers.telegram.delivering.outage import Outage


class Line:
    """Makes requests and tells `outage` how they went. `time` gives seconds that only grow."""

    def __init__(self, bot: Bot, time: Callable[[], float], counters: Counters, seconds: float = CALL_SECONDS) -> None:
        self.outage = Outage()
        self.time = time
        self._bot = bot
        self._counters = counters
        self._seconds = seconds

    def deadline(self) -> float:
        """Until when the answer to a call that begins now is waited for."""
        return self.time() + self._seconds

    async def ask(self, chat: int, request: Request, deadline: float) -> Any:
        """The result of the request. Raises TelegramError."""
        try:
            result = await call(self._bot, request.method, request.arguments, max(0.0, deadline - self.time()))
        except TelegramError as error:
            self._failed(chat, error)
            raise
        self.outage.answered()
        return result

    def _failed(self, chat: int, error: TelegramError) -> None:
        if isinstance(error, RetryAfter):
            self._counters.refused += 1
        if is_answer(error):
            self.outage.answered()
        else:
            self._counters.failed += 1
            self.outage.failed(chat, self.time())
