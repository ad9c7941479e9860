"""Looks whether a message arrived whose sending was not confirmed, without changing anything.

Giving a message the very keyboard that it has is refused as "not modified" where the message is there, and as "not
found" where its number is another's. Inside a chat one call is made at a time, so an own message there that is newer
than all known ones can only be the one that is looked for.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.delivery import CallEnd, Outbox, Postponed, Sent
from bot.errors import StorageError
from handlers.telegram.outbox.amending import Request
from handlers.telegram.outbox.attempt import Doubt, end, pause
from handlers.telegram.outbox.candidates import among_all, in_supergroup
from handlers.telegram.outbox.line import Line
from handlers.telegram.outbox.meaning import says, seconds_to_wait
from handlers.telegram.outbox.seen import Seen, shares_counter

_FOR_ONE = 6
_FOR_ALL = 24
"""So many numbers are tried at the same time, for one message and for all that are looked for."""
_LATE_SECONDS = 1.0
"""A request whose answer was lost may be a little late itself."""
_CATCHING_UP_SECONDS = 20.0
"""Where another process fetches, nobody says when it has caught up."""
_ABSENT = ("message to edit not found", "message can't be edited", "message_id_invalid", "message not found")


@dataclass(slots=True)
class _Wanted:
    """A message that is looked for: above the number `after`, sent before the time `since` if at all."""

    doubt: Doubt
    after: int
    since: float
    absent: set[int] = field(default_factory=set)
    """Numbers that it does not have."""

    def learn(
        self, numbers: list[int], verdicts: list[bool | BaseException]
    ) -> tuple[int | None, BaseException | None]:
        """Remembers the numbers that are not it; gives the one that is, and what failed."""
        found: int | None = None
        failed: BaseException | None = None
        for number, verdict in zip(numbers, verdicts, strict=True):
            if isinstance(verdict, BaseException):
                failed = verdict
            elif verdict:
                found = number
            else:
                self.absent.add(number)
        return found, failed


class Search:
    """Finds out what became of doubtful calls."""

    def __init__(self, line: Line, outbox: Outbox, seen: Seen, clock: Callable[[], datetime]) -> None:
        self.seen = seen
        self._line = line
        self._outbox = outbox
        self._clock = clock
        self._places = asyncio.Semaphore(_FOR_ALL)

    async def settle(self, doubt: Doubt, after: int) -> CallEnd:
        """How the call ended: what it sent is among the messages above `after`, or it is to be made again.

        It goes on until that is known, however long Telegram or the outbox is away.
        """
        if doubt.claimed.doubtful:
            await self._catch_up()
        else:
            await asyncio.sleep(_LATE_SECONDS)
        wanted = _Wanted(doubt, after, self._line.time())
        failures = 0
        while True:
            tried = len(wanted.absent)
            try:
                found = await self._find(wanted)
            except BadRequest:  # a keyboard that is no good was refused when it was sent too
                return Postponed(doubt.claimed.number, self._clock())
            except (Forbidden, ChatMigrated) as error:
                return end(doubt.claimed, error, self._clock())
            except RetryAfter as error:
                await asyncio.sleep(seconds_to_wait(error))
            except (TelegramError, StorageError):
                failures = 0 if len(wanted.absent) > tried else failures + 1
                await asyncio.sleep(pause(failures).total_seconds())
            else:
                return self._ended(doubt, found)

    async def _catch_up(self) -> None:
        """Waits until what came in before this process began is known: the wanted number may be above all of it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_CATCHING_UP_SECONDS):
                await self.seen.caught_up.wait()

    def _ended(self, doubt: Doubt, found: int | None) -> CallEnd:
        number = doubt.claimed.number
        return Postponed(number, self._clock()) if found is None else Sent(number, found)

    async def _find(self, wanted: _Wanted) -> int | None:
        """The message's number, or None when it is not there. What is not it is added to what is absent."""
        for some in _portions(await self._candidates(wanted)):
            # Meanwhile a message may have been sent that is newer than the wanted one must be.
            below = self._seen_below(wanted)
            numbers = [number for number in some if number not in wanted.absent and number < below]
            verdicts = await asyncio.gather(*(self._is_it(wanted.doubt, it) for it in numbers), return_exceptions=True)
            found, failed = wanted.learn(numbers, verdicts)
            if found is not None:
                return found
            if failed:
                raise failed
        return None

    def _seen_below(self, wanted: _Wanted) -> float:
        below = self.seen.below(wanted.since) if shares_counter(wanted.doubt.claimed.chat) else None
        return float("inf") if below is None else below

    async def _candidates(self, wanted: _Wanted) -> list[int]:
        chat = wanted.doubt.claimed.chat
        if not shares_counter(chat):
            return in_supergroup(self.seen.newest_in(chat))
        sent = await self._outbox.known_messages(wanted.after)
        replied = wanted.doubt.request.arguments.get("reply_parameters") or {}
        after = max(wanted.after, replied.get("message_id", 0))
        return among_all(after, self.seen.newest, sent, self.seen.above(after))

    async def _is_it(self, doubt: Doubt, candidate: int) -> bool:
        async with self._places:
            await self._line.outage.over(self._line.time)
            try:
                await self._line.probe(doubt.claimed.chat, _probe(doubt, candidate), self._line.deadline())
            except BadRequest as error:
                if says(error, *_ABSENT):
                    return False
                if not says(error, "not modified"):
                    raise
        return True


def _probe(doubt: Doubt, candidate: int) -> Request:
    arguments: dict[str, Any] = {"chat_id": doubt.claimed.chat, "message_id": candidate}
    markup = doubt.request.arguments.get("reply_markup") or {}
    if "inline_keyboard" in markup:
        arguments["reply_markup"] = markup
    return Request("editMessageReplyMarkup", arguments)


def _portions(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _FOR_ONE):
        yield numbers[start : start + _FOR_ONE]
