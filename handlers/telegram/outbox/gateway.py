"""The calls of the Bot API as they travel, and what each of them says about how Telegram fares."""

import asyncio
import os
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, RetryAfter, TelegramError, TimedOut

from handlers.telegram.outbox.api_errors import TokenRefusedError, is_answer
from handlers.telegram.outbox.circuit_breaker import CircuitBreaker
from handlers.telegram.outbox.delivery_metrics import Counters
from handlers.telegram.outbox.rate_limiter import RateLimiter

# The library warns at each 429 that its type of waiting times will change, unless one agrees to that beforehand.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CALL_SECONDS = 12.0
"""An answer that takes longer is not waited for. Telegram's own slow answers come within 10 seconds."""


async def call(bot: Bot, method: str, arguments: Mapping[str, Any], seconds: float = CALL_SECONDS) -> Any:
    """The result as Telegram wrote it. Raises TelegramError, TimedOut after so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            return await bot.do_api_request(_spelled(method), dict(arguments), read_timeout=seconds)
    except TimeoutError:
        raise TimedOut from None
    except EndPointNotFound:  # the library's guess at 401 and 404; what is called here is there
        raise TokenRefusedError from None
    except (KeyError, TypeError):  # JSON, but not an answer of the Bot API
        raise TelegramError("Invalid server response") from None


async def acknowledge(bot: Bot, query: str, notice: str | None) -> None:
    """Answers the press of that id, with a notice where there is one. Raises TelegramError.

    It is done at once or never: a button stops turning only while the citizen still looks at it.
    """
    await call(bot, "answerCallbackQuery", {"callback_query_id": query} | ({"text": notice} if notice else {}))


class Gateway:
    """Makes calls, and tells the circuit breaker and the rate limiter how they went.

    `time` gives seconds that only grow; `seconds` is how long an answer may take.
    """

    def __init__(self, bot: Bot, time: Callable[[], float], counters: Counters, seconds: float = CALL_SECONDS) -> None:
        self.circuit = CircuitBreaker()
        self.limiter = RateLimiter()
        self.time = time
        self.counters = counters
        self._bot = bot
        self._seconds = seconds

    def deadline(self) -> float:
        """Until when the answer to a call that begins now is waited for."""
        return self.time() + self._seconds

    async def ask(self, chat: int, method: str, arguments: Mapping[str, Any], deadline: float) -> Any:
        """The result of a call in that chat. Raises TelegramError."""
        try:
            result = await self.probe(chat, method, arguments, deadline)
        except RetryAfter:
            self.limiter.refused(chat, self.time())
            raise
        self.limiter.accepted(chat, self.time())
        return result

    async def probe(self, chat: int, method: str, arguments: Mapping[str, Any], deadline: float) -> Any:
        """The same of a call that shows nothing to anybody, and so says nothing about how fast messages may come."""
        try:
            result = await call(self._bot, method, arguments, max(0.0, deadline - self.time()))
        except TelegramError as error:
            self._failed(chat, error)
            raise
        self.circuit.answered()
        return result

    def _failed(self, chat: int, error: TelegramError) -> None:
        if isinstance(error, RetryAfter):
            self.counters.refused += 1
        if is_answer(error):
            self.circuit.answered()
        else:
            self.counters.failed += 1
            self.circuit.failed(chat, self.time())


@lru_cache(maxsize=64)
def _spelled(method: str) -> str:
    """The method's name in a spelling that the library does not know, as it warns of those that it has itself."""
    return re.sub(r"(?=[A-Z])", "_", method)
