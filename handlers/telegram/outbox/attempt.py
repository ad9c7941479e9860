"""One attempt to make a call, and how it ends."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, Postponed, Sent
from handlers.telegram.outbox.amending import Request, amended, is_done, is_gone, request_of
from handlers.telegram.outbox.line import Line
from handlers.telegram.outbox.meaning import is_doubtful, reason, seconds_to_wait

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_JITTER = 0.25

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Doubt:
    """It is not known whether the request of a claimed call arrived."""

    claimed: ClaimedCall
    request: Request


async def attempt(line: Line, claimed: ClaimedCall, clock: Callable[[], datetime]) -> CallEnd | Doubt:
    """Makes the call, in another way where Telegram refuses it as it is; raises nothing of Telegram's.

    However many ways are tried, it takes no longer than one call may take, so that the lease lasts.
    """
    request = request_of(claimed)
    deadline = line.deadline()
    while True:
        try:
            return Sent(claimed.number, sent_id(request, await line.ask(claimed.chat, request, deadline)))
        except BadRequest as error:
            changed = amended(request, error)
            if is_done(request, error):
                return Sent(claimed.number)
            if changed is None:
                return closed(claimed, "message-gone" if is_gone(request, error) else reason(error))
            if claimed.doubtful and changed.sends and not request.sends:
                return Doubt(claimed, changed)  # perhaps it was sent anew before this process began
            request = changed
        except TelegramError as error:
            return Doubt(claimed, request) if request.sends and is_doubtful(error) else end(claimed, error, clock())


def end(claimed: ClaimedCall, error: TelegramError, now: datetime) -> CallEnd:
    """How a call ends for now that failed without an effect."""
    if isinstance(error, ChatMigrated):
        return Moved(claimed.number, error.new_chat_id)
    if isinstance(error, Forbidden | BadRequest):
        return closed(claimed, reason(error))
    if isinstance(error, RetryAfter):
        return Postponed(claimed.number, now + timedelta(seconds=seconds_to_wait(error)))
    return Postponed(claimed.number, now + pause(claimed.attempts))


def closed(claimed: ClaimedCall, why: str) -> Closed:
    """The end of a call that will never be made, which is logged without the chat and the text."""
    logger.warning("Call %d (%s) is given up: %s", claimed.number, claimed.method, why)
    return Closed(claimed.number, why)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, and not all calls for the same time."""
    seconds = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(attempts, 10))
    return timedelta(seconds=seconds * (1 + random.random() * _JITTER))  # noqa: S311 - spreads load, keeps no secret


def sent_id(request: Request, result: Any) -> int | None:
    """The number of the message that was sent, where one was."""
    number = result.get("message_id") if request.sends and isinstance(result, dict) else None
    return number if isinstance(number, int) else None
