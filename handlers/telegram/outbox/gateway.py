"""The calls of the Bot API as they travel, what each of them says about how Telegram fares, and whether it is there."""

import asyncio
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, RetryAfter, TelegramError, TimedOut

from handlers.telegram.outbox.api_errors import TokenRefusedError, is_answer
from handlers.telegram.outbox.rate_limiter import RateLimiter

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Counters:
    """Numbers that only grow."""

    sent: int = 0
    """Calls that were made."""
    retried: int = 0
    """Calls that were put off: they are made again."""
    moved: int = 0
    """Calls whose chat had a new id."""
    closed: Counter[str] = field(default_factory=Counter)
    """Calls that were given up, by reason."""
    refused: int = 0
    """How often Telegram said that there were too many calls."""
    failed: int = 0
    """How often there was no answer, or none of Telegram's own."""
    unforeseen: int = 0
    """How often Telegram refused a call for what nobody foresaw."""
    unforeseen_calls: dict[int, str] = field(default_factory=dict)
    """The calls that this befell since staff were told, with the reason."""
    doubtful: int = 0
    """Calls of which it was not known whether they had an effect."""
    found: int = 0
    """Doubtful calls whose message was there."""
    missed: int = 0
    """Doubtful calls whose message was not there, which were made again."""


CALL_SECONDS = 12.0
"""An answer that takes longer is not waited for. Telegram's own slow answers come within 10 seconds."""
_FAILURES = 5
_CHATS = 2
_FIRST_PAUSE = 1.0
_GROWTH = 1.3
_LONGEST_PAUSE = 3.0


class CircuitBreaker:
    """Opens with five failures in a row in more than one chat, or when it is told to; closes with the first answer.

    Times are in seconds.

    While it is open, one call at a time is tried; in a chat there is never more than one that is.
    """

    def __init__(self) -> None:
        self.is_suspected = False
        """Whether a failure since the last answer may be one of the chat alone; whoever knows that it is sets this."""
        self.answers = 0
        """How often Telegram has answered."""
        self._failures = 0
        self._chats: set[int] = set()
        self._pause = 0.0
        self._next = 0.0
        self._tried: int | None = None
        """The chat in which a call is tried."""
        self._next_after_failure = 0.0

    @property
    def is_open(self) -> bool:
        """Whether Telegram is taken to be down."""
        return self._pause > 0

    def wait(self, now: float) -> float:
        """For how many seconds nothing may be tried."""
        return max(0.0, self._next - now) if self.is_open else 0.0

    def began(self, chat: int, now: float) -> None:
        """A call in that chat is tried, so the next one has to wait until it ends, and each time longer."""
        if self.is_open:
            self._tried = chat
            self._next, self._next_after_failure = now + CALL_SECONDS, now + self._pause
            self._pause = min(_LONGEST_PAUSE, self._pause * _GROWTH)

    def is_tried(self, chat: int) -> bool:
        """Whether it is a call in that chat that is tried."""
        return self.is_open and self._tried == chat

    def ended(self, chat: int) -> None:
        """A call in that chat is over; where it was the one that was tried, the next one is due after a pause."""
        if chat == self._tried:
            self._next, self._tried = self._next_after_failure, None

    def may_be_tried(self, now: float) -> None:
        """What was tried says that the next call need not wait any longer."""
        self._next, self._tried = now, None

    def answered(self) -> None:
        """Telegram answered."""
        if self.is_open:
            logger.warning("Telegram answers again")
        self.answers += 1
        self._failures = 0
        self.is_suspected = False
        self._chats.clear()
        self._pause = 0.0
        self._tried = None

    def failed(self, chat: int, now: float) -> None:
        """There was no answer, or none of Telegram's own, to a call in that chat."""
        self._failures += 1
        self.is_suspected = True
        self._chats.add(chat)
        self.ended(chat)
        if self._failures >= _FAILURES and len(self._chats) >= _CHATS:
            self.open(now)

    def open(self, now: float) -> None:
        """It is known that Telegram is down."""
        if not self.is_open:
            logger.warning("Telegram does not answer; it is tried once a second, later once in %g s", _LONGEST_PAUSE)
            self._pause = _FIRST_PAUSE
            self._next = now + self._pause


# The library warns at each 429 that its type of waiting times will change, unless one agrees to that beforehand.
os.environ.setdefault("PTB_TIMEDELTA", "true")


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
            seconds = max(0.0, deadline - self.time())
            result = await call(self._bot, method, {**arguments, "chat_id": chat}, seconds)
        except TelegramError as error:
            self._failed(chat, error)
            raise
        self.circuit.answered()
        return result

    async def is_reachable(self, seconds: float) -> bool:
        """Whether a question that concerns nobody is answered. Calls may fail all the same, so it closes no circuit."""
        try:
            await call(self._bot, "getMe", {}, seconds)
        except TelegramError as error:
            return is_answer(error)
        return True

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


_NO_CHAT = 0
_SECONDS = 3.0
"""After so many without an answer to anything, Telegram is taken to be away, until an answer comes after all."""


class Reachability:
    """While the circuit breaker is open, no call is risked before a question that concerns nobody was answered.

    A call that is risked and gets no answer is doubtful. The question is asked after any failure, too: where nobody
    else has a call, nothing else tells that it is not that of one chat. `changed` is called when it is answered or not.
    A question is waited for as long as a call, and the next one asked meanwhile: Telegram may be slow, and not away.
    """

    def __init__(self, gateway: Gateway, changed: Callable[[], None]) -> None:
        self._gateway = gateway
        self._changed = changed
        self.is_proven = False
        """Whether Telegram has answered, so that a call may be tried although the circuit breaker is open."""
        self._is_asking = False
        self._questions: set[asyncio.Task[None]] = set()

    def began(self) -> None:
        """A call is tried: after it the question is asked anew."""
        self.is_proven = False

    def prove(self) -> None:
        """Telegram has answered somebody."""
        if self._gateway.circuit.is_open:
            self.is_proven = True
            self._gateway.circuit.may_be_tried(self._gateway.time())
            self._changed()

    def look(self) -> None:
        """Begins to ask, where it is time for that."""
        circuit, now = self._gateway.circuit, self._gateway.time()
        if not self._is_asking and (circuit.is_suspected if not circuit.is_open else self._is_due(now)):
            circuit.is_suspected = False
            circuit.began(_NO_CHAT, now)
            self._is_asking = True
            question = asyncio.create_task(self._ask())
            self._questions.add(question)
            question.add_done_callback(self._questions.discard)

    def cancel(self) -> None:
        """Asks no more."""
        for question in self._questions:
            question.cancel()

    def _is_due(self, now: float) -> bool:
        return not self.is_proven and not self._gateway.circuit.wait(now)

    async def _ask(self) -> None:
        answers = self._gateway.circuit.answers
        answer = asyncio.create_task(self._gateway.is_reachable(CALL_SECONDS))
        try:
            await asyncio.wait([answer], timeout=_SECONDS)
            is_late = not answer.done()
            if is_late and self._gateway.circuit.answers == answers:
                self._fail()
            self._is_asking = False
            if await answer:
                self.prove()
            elif not is_late:
                self._fail()
        finally:
            answer.cancel()

    def _fail(self) -> None:
        circuit, now = self._gateway.circuit, self._gateway.time()
        circuit.failed(_NO_CHAT, now)
        circuit.open(now)
        self._changed()
