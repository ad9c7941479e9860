"""The line to Telegram: every call goes over it, so it is known how Telegram fares."""

from collections.abc import Callable
from typing import Any

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from handlers.telegram.outbox.amending import Request
from handlers.telegram.outbox.calls import CALL_SECONDS, call
from handlers.telegram.outbox.counters import Counters
from handlers.telegram.outbox.meaning import is_answer
from handlers.telegram.outbox.outage import Outage
from handlers.telegram.outbox.pacing import Pace


class Line:
    """Makes requests and tells `outage` and `pace` how they went. `time` gives seconds that only grow."""

    def __init__(self, bot: Bot, time: Callable[[], float], counters: Counters, seconds: float = CALL_SECONDS) -> None:
        self.outage = Outage()
        self.pace = Pace()
        self.time = time
        self.counters = counters
        self._bot = bot
        self._seconds = seconds

    def deadline(self) -> float:
        """Until when the answer to a call that begins now is waited for."""
        return self.time() + self._seconds

    async def ask(self, chat: int, request: Request, deadline: float) -> Any:
        """The result of the request. Raises TelegramError."""
        try:
            result = await self.probe(chat, request, deadline)
        except RetryAfter:
            self.pace.refused(chat, self.time())
            raise
        self.pace.accepted(chat, self.time())
        return result

    async def probe(self, chat: int, request: Request, deadline: float) -> Any:
        """The same of a request that shows nothing to anybody, and so says nothing about how fast messages may come."""
        try:
            result = await call(self._bot, request.method, request.arguments, max(0.0, deadline - self.time()))
        except TelegramError as error:
            self._failed(chat, error)
            raise
        self.outage.answered()
        return result

    def _failed(self, chat: int, error: TelegramError) -> None:
        if isinstance(error, RetryAfter):
            self.counters.refused += 1
        if is_answer(error):
            self.outage.answered()
        else:
            self.counters.failed += 1
            self.outage.failed(chat, self.time())
