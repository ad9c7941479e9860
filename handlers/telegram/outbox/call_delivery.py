"""The way of one call: it is made, in another form where Telegram refuses it as it is, and it ends.

A call of which nobody knows whether it arrived is doubtful. What it sent is looked for before it is made again, without
changing anything: giving a message the very keyboard that it has is refused as "not modified" where the message is
there, and as "not found" where its number is another's. Inside a chat one call is made at a time, so an own message
there that is newer than all known ones can only be the one that is looked for.
"""

import asyncio
import logging
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import inf
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, Outbox, Postponed, Sent, Unknown
from bot.errors import StorageError
from handlers.telegram.outbox.api_errors import backoff, is_doubtful, is_foreseen, reason, retry_after, says
from handlers.telegram.outbox.gateway import Gateway

logger = logging.getLogger(__name__)

_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NOTHING_TO_REPLY_TO = ("message to be replied not found", "replied message not found", "message to reply not found")
_SENDING = ("send", "copy", "forward")
_MOST_ATTEMPTS = 25
"""Of a call that is refused for what nobody foresaw: some ten minutes, in which its chat waits."""
_AWAY_ATTEMPTS = 2
"""For that many a pause is about as long as the circuit breaker's longest, so that others are tried in between."""
_ONLY_OF_EDITS = frozenset(("message_id", "inline_message_id"))


@dataclass(frozen=True, slots=True)
class Doubt:
    """It is not known whether a call arrived as it was made; what it sent has a larger number than `after`."""

    call: ClaimedCall
    after: int


class CallDelivery:
    """Makes claimed calls; many at once."""

    def __init__(
        self, gateway: Gateway, probe: "DeliveryProbe", numbers: "MessageNumbers", clock: Callable[[], datetime]
    ) -> None:
        self._gateway = gateway
        self._probe = probe
        self._numbers = numbers
        self._clock = clock

    async def make(self, claimed: ClaimedCall) -> CallEnd | Doubt:
        """Makes the call and says how it ended; raises nothing of Telegram's.

        However many forms are tried, it takes no longer than one call may take, so that the lease lasts.
        """
        after = claimed.after if claimed.doubtful else self._numbers.newest
        if claimed.doubtful and _sends(claimed):
            return Doubt(claimed, after)
        return await self._attempt(claimed, after)

    async def _attempt(self, claimed: ClaimedCall, after: int) -> CallEnd | Doubt:
        call, deadline = claimed, self._gateway.deadline()
        while True:
            try:
                return await self._sent(call, deadline)
            except BadRequest as error:
                changed = amended(call, error)
                if _is_done(call, error):
                    return Sent(claimed.number)
                if changed is None:
                    is_gone = _is_gone(call, error)
                    return self._closed(claimed, "message-gone") if is_gone else self._refused(claimed, error)
                if claimed.doubtful and _sends(changed) and not _sends(call):
                    return Doubt(changed, after)  # perhaps it was sent anew before this process began
                call = changed
            except TelegramError as error:
                if _sends(call) and is_doubtful(error):
                    return Doubt(call, after)
                return self._failed(claimed, error)

    async def settle(self, doubt: Doubt) -> CallEnd:
        """How a doubtful call ended: what it sent is found, or it is to be made again.

        It takes as long as the outbox is away. While Telegram is, it is left to a later time.
        """
        claimed, counters = doubt.call, self._gateway.counters
        counters.doubtful += 1
        try:
            found = await self._probe.find(claimed.chat, claimed.arguments, doubt.after, is_old=claimed.doubtful)
        except (Forbidden, ChatMigrated) as error:
            return self._failed(claimed, error)
        except UnknownEndError:
            return Unknown(claimed.number, self._clock() + timedelta(seconds=LATE_SECONDS))
        except BadRequest:  # a keyboard that is no good was refused when it was sent too
            found = None
        if found is None:
            counters.missed += 1
            return Postponed(claimed.number, self._clock())
        counters.found += 1
        self._numbers.was_found(claimed.chat, found)
        return Sent(claimed.number, found, shares_counter(claimed.chat))

    async def _sent(self, call: ClaimedCall, deadline: float) -> Sent:
        begun = self._gateway.time()
        result = await self._gateway.ask(call.chat, call.method, call.arguments, deadline)
        number = result.get("message_id") if _sends(call) and isinstance(result, dict) else None
        if not isinstance(number, int):
            return Sent(call.number)
        self._numbers.was_sent(call.chat, number, begun)
        return Sent(call.number, number, shares_counter(call.chat))

    def _failed(self, claimed: ClaimedCall, error: TelegramError) -> CallEnd:
        """How a call ends for now that failed without an effect."""
        if isinstance(error, ChatMigrated):
            return Moved(claimed.number, error.new_chat_id)
        if isinstance(error, Forbidden | BadRequest):
            return self._refused(claimed, error)
        # While all calls fail, the circuit breaker sets the pace: none has to wait for long after the end of that.
        attempts = min(claimed.attempts, _AWAY_ATTEMPTS) if self._gateway.circuit.is_open else claimed.attempts
        seconds = retry_after(error) if isinstance(error, RetryAfter) else backoff(attempts)
        return Postponed(claimed.number, self._clock() + timedelta(seconds=seconds))

    def _refused(self, claimed: ClaimedCall, error: TelegramError) -> CallEnd:
        """The end of a refused call; one that is refused for what nobody foresaw is kept, and tried for minutes."""
        if is_foreseen(error) or claimed.attempts >= _MOST_ATTEMPTS:
            return self._closed(claimed, reason(error))
        self._gateway.counters.unforeseen += 1
        self._gateway.counters.unforeseen_calls[claimed.number] = reason(error)
        logger.error(
            "Telegram refuses call %d (%s), and nobody foresaw why: %s; it is kept and tried again",
            claimed.number,
            claimed.method,
            reason(error),
        )
        return Postponed(claimed.number, self._clock() + timedelta(seconds=backoff(claimed.attempts)))

    @staticmethod
    def _closed(claimed: ClaimedCall, why: str) -> Closed:
        """The end of a call that will never be made, which is logged without the chat and the text."""
        logger.warning("Call %d (%s) is given up: %s", claimed.number, claimed.method, why)
        return Closed(claimed.number, why)


def amended(call: ClaimedCall, error: BadRequest) -> ClaimedCall | None:
    """What to try instead of a call that Telegram refused; None for nothing. Each change can be made only once."""
    arguments = call.arguments
    if _is_gone(call, error):
        # An edit that names a topic is not sent anew: the topic may be gone too, and who asked for it makes both anew.
        if "text" not in arguments or "message_thread_id" in arguments:
            return None
        return replace(call, method="sendMessage", arguments=_without(call, *_ONLY_OF_EDITS))
    if says(error, "can't parse entities") and "parse_mode" in arguments and call.plain is not None:
        return replace(call, arguments={**_without(call, "parse_mode"), "text": call.plain})
    if says(error, *_NO_TOPIC) and "message_thread_id" in arguments:
        return replace(call, arguments=_without(call, "message_thread_id"))
    if says(error, *_NOTHING_TO_REPLY_TO) and "reply_parameters" in arguments:
        return replace(call, arguments=_without(call, "reply_parameters"))
    return None


def _without(call: ClaimedCall, *names: str) -> dict[str, Any]:
    return {name: value for name, value in call.arguments.items() if name not in names}


def _sends(call: ClaimedCall) -> bool:
    """Whether it puts a new message into the chat, so that making it twice would be seen."""
    return call.method.startswith(_SENDING) and call.method != "sendChatAction"


def _is_done(call: ClaimedCall, error: BadRequest) -> bool:
    """Whether the refusal says that all is as it should be already."""
    return says(error, "not modified") or (call.method == "deleteMessage" and says(error, "to delete not found"))


def _is_gone(call: ClaimedCall, error: BadRequest) -> bool:
    """Whether the message that was to be edited is gone, or too old."""
    return call.method.startswith("edit") and says(error, *_GONE)


MOST_CANDIDATES = 200
_BEYOND_NEWEST = 20
"""How many messages may have come or gone that nobody told of yet."""
_IN_A_SUPERGROUP = 60
_WIDEST = 50_000
_FOR_ONE = 6
_FOR_ALL = 24
"""So many numbers are tried at the same time, for one message and for all that are looked for."""
_SHORT_LOOKS = 3
_SHORT_SECONDS = 3.0
"""So many looks wait no longer than that, so that one that hangs does not outlast an outage by much."""
LATE_SECONDS = 1.0
"""A request whose answer was lost may be a little late itself."""
_ABSENT = ("message to edit not found", "message can't be edited", "message_id_invalid", "message not found")
_REMEMBERED = 20_000
_SENT_REMEMBERED = 1000
_SUPERGROUPS_BELOW = -1_000_000_000_000


class UnknownEndError(Exception):
    """Telegram is away: whether the message arrived is found out once it is back, by whatever process."""


class MessageNumbers:
    """The numbers of the messages that came in or were sent, as far as this process knows them.

    Private chats and basic groups share one counter for each bot, so a larger number is a newer message, whoever has
    it. Each supergroup has a counter of its own; of those, only the newest message sent there is remembered.
    """

    def __init__(self) -> None:
        self.newest = 0
        """The largest number known that the shared counter gave."""
        self.caught_up = asyncio.Event()
        """Set once nothing is left that came in before this process began: until then `newest` is too small."""
        self._numbers: set[int] = set()
        self._order: deque[int] = deque()
        self._sent: deque[tuple[float, int]] = deque(maxlen=_SENT_REMEMBERED)
        self._newest_in: dict[int, int] = {}

    def came_in(self, number: int) -> None:
        """A message with a number of the shared counter; 0 for none."""
        self.newest = max(self.newest, number)
        if number <= 0 or number in self._numbers:
            return
        self._numbers.add(number)
        self._order.append(number)
        if len(self._order) > _REMEMBERED:
            self._numbers.discard(self._order.popleft())

    def was_sent(self, chat: int, number: int, begun: float) -> None:
        """A message that was sent to that chat by a call that began at that time, in seconds."""
        self.was_found(chat, number)
        if shares_counter(chat):
            self._sent.append((begun, number))

    def was_found(self, chat: int, number: int) -> None:
        """A message that was sent to that chat some time ago."""
        if shares_counter(chat):
            self.came_in(number)
        else:
            self._newest_in[chat] = number

    def below(self, time: float) -> int | None:
        """A number that no message has reached that was sent before that time; None where none is known."""
        return min((number for begun, number in self._sent if begun >= time), default=None)

    def above(self, number: int) -> set[int]:
        """The remembered numbers of the shared counter above that one."""
        return {known for known in self._numbers if known > number}

    def newest_in(self, supergroup: int) -> int | None:
        """The newest message that this process sent there."""
        return self._newest_in.get(supergroup)


def shares_counter(chat: int) -> bool:
    """Whether the chat's messages are numbered together with those of all private chats."""
    return chat > _SUPERGROUPS_BELOW


@dataclass(slots=True)
class _Wanted:
    """A message that is looked for: above the number `after`, sent before the time `since` if at all."""

    chat: int
    arguments: Mapping[str, Any]
    after: int
    since: float
    seconds: float = _SHORT_SECONDS
    """How long the answer to a look is waited for, if not as long as for that to a call."""
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


class DeliveryProbe:
    """Finds the messages of doubtful calls."""

    def __init__(self, gateway: Gateway, outbox: Outbox, numbers: MessageNumbers) -> None:
        self._gateway = gateway
        self._outbox = outbox
        self._numbers = numbers
        self._places = asyncio.Semaphore(_FOR_ALL)

    async def find(self, chat: int, arguments: Mapping[str, Any], after: int, *, is_old: bool) -> int | None:
        """The number, above `after`, of the message that a call with these arguments sent; None where it sent none.

        It goes on until that is known, however long the outbox is away. `is_old` says that the call was begun by
        another process, or some time ago. Raises BadRequest, Forbidden and ChatMigrated where Telegram will not say,
        and UnknownEndError where Telegram is away.
        """
        if is_old:
            await self._numbers.caught_up.wait()  # the wanted number may be above all that is known now
        else:
            await asyncio.sleep(LATE_SECONDS)
        wanted = _Wanted(chat, arguments, after, self._gateway.time())
        failures = looks = 0
        while True:
            tried = len(wanted.absent)
            try:
                return await self._among_candidates(wanted)
            except (BadRequest, Forbidden, ChatMigrated):
                raise
            except RetryAfter as error:
                await asyncio.sleep(retry_after(error))
            except (TelegramError, StorageError):
                if self._gateway.circuit.is_open:
                    raise UnknownEndError from None
                looks += 1
                wanted.seconds = _SHORT_SECONDS if looks < _SHORT_LOOKS else inf
                failures = 0 if len(wanted.absent) > tried else failures + 1
                await asyncio.sleep(backoff(failures))

    async def _among_candidates(self, wanted: _Wanted) -> int | None:
        """The message's number, or None when it is not there. What is not it is added to what is absent."""
        first = 1 if self._gateway.circuit.is_open else _FOR_ONE
        for some in _portions(await self._candidates(wanted), first):
            # Meanwhile a message may have been sent that is newer than the wanted one must be.
            below = self._known_below(wanted)
            numbers = [number for number in some if number not in wanted.absent and number < below]
            verdicts = await asyncio.gather(*(self._is_it(wanted, it) for it in numbers), return_exceptions=True)
            found, failed = wanted.learn(numbers, verdicts)
            if found is not None:
                return found
            if failed:
                raise failed
        return None

    def _known_below(self, wanted: _Wanted) -> float:
        below = self._numbers.below(wanted.since) if shares_counter(wanted.chat) else None
        return inf if below is None else below

    async def _candidates(self, wanted: _Wanted) -> list[int]:
        if not shares_counter(wanted.chat):
            return in_supergroup(self._numbers.newest_in(wanted.chat))
        begun = await self._outbox.being_made()
        sent = await self._outbox.known_messages(wanted.after)
        replied = wanted.arguments.get("reply_parameters") or {}
        after = max(wanted.after, replied.get("message_id", 0))
        return among_all(after, self._numbers.newest, sent, self._numbers.above(after), begun)

    async def _is_it(self, wanted: _Wanted, candidate: int) -> bool:
        probe: dict[str, Any] = {"message_id": candidate}
        markup = wanted.arguments.get("reply_markup") or {}
        if "inline_keyboard" in markup:
            probe["reply_markup"] = markup
        async with self._places:
            circuit = self._gateway.circuit
            if circuit.is_open and not circuit.is_tried(wanted.chat):
                raise UnknownEndError
            deadline = min(self._gateway.deadline(), self._gateway.time() + wanted.seconds)
            try:
                await self._gateway.probe(wanted.chat, "editMessageReplyMarkup", probe, deadline)
            except BadRequest as error:
                if says(error, *_ABSENT):
                    return False
                if not says(error, "not modified"):
                    raise
        return True


def among_all(after: int, newest: int, sent: AbstractSet[int], others: AbstractSet[int], begun: int) -> list[int]:
    """Numbers of the counter that private chats share, above `after`, the likeliest first.

    `sent` are known to be those of other calls and `others` those of messages that came in. So many calls are `begun`
    and their ends are not known: each may have sent a message that is newer than all that are known. Calls are made
    many at a time, so a number next to one of another call is likely, as is one soon after `after`.
    """
    top = min(max(newest, after, *sent, *others) + begun + _BEYOND_NEWEST, after + _WIDEST)
    free = [number for number in range(after + 1, top + 1) if number not in sent and number not in others]
    marks = [after, *sorted(number for number in sent if number > after)]

    def distance(number: int) -> int:
        place = bisect_left(marks, number)
        return min(abs(number - mark) for mark in marks[max(0, place - 1) : place + 1])

    return sorted(free, key=distance)[:MOST_CANDIDATES]


def in_supergroup(newest_sent: int | None) -> list[int]:
    """Numbers of a supergroup's own counter; none where nothing is known of it, as then any message could be meant."""
    return [] if newest_sent is None else list(range(newest_sent + 1, newest_sent + 1 + _IN_A_SUPERGROUP))


def _portions(numbers: list[int], first: int) -> Iterator[list[int]]:
    yield numbers[:first]
    for start in range(first, len(numbers), _FOR_ONE):
        yield numbers[start : start + _FOR_ONE]
