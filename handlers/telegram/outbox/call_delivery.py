"""The way of one call: it is made, in another form where Telegram refuses it as it is, and it ends.

A call of which nobody knows whether it arrived is doubtful. What it sent is looked for before it is made again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.delivery import CallEnd, ClaimedCall, Closed, Moved, Postponed, Sent, Unknown
from handlers.telegram.outbox.api_errors import backoff, is_doubtful, is_foreseen, reason, retry_after, says
from handlers.telegram.outbox.delivery_probe import (
    LATE_SECONDS,
    DeliveryProbe,
    MessageNumbers,
    UnknownEndError,
    shares_counter,
)
from handlers.telegram.outbox.gateway import Gateway

_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NOTHING_TO_REPLY_TO = ("message to be replied not found", "replied message not found", "message to reply not found")
_SENDING = ("send", "copy", "forward")
_MOST_ATTEMPTS = 25
"""Of a call that is refused for what nobody foresaw: some ten minutes, in which its chat waits."""
_AWAY_ATTEMPTS = 2
"""For that many a pause is about as long as the circuit breaker's longest, so that others are tried in between."""
_ONLY_OF_EDITS = frozenset(("message_id", "inline_message_id"))

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CallForm:
    """A call as it is to be made now; `plain` is the text to use where the markup is refused."""

    method: str
    arguments: Mapping[str, Any]
    plain: str | None = None

    @property
    def sends(self) -> bool:
        """Whether it puts a new message into the chat, so that making it twice would be seen."""
        return self.method.startswith(_SENDING) and self.method != "sendChatAction"

    @property
    def edits(self) -> bool:
        """Whether it changes a message that is there."""
        return self.method.startswith("edit")

    def without(self, *names: str) -> dict[str, Any]:
        """Its arguments but for these."""
        return {name: value for name, value in self.arguments.items() if name not in names}


@dataclass(frozen=True, slots=True)
class Doubt:
    """It is not known whether a claimed call arrived in this form; what it sent has a larger number than `after`."""

    claimed: ClaimedCall
    form: CallForm
    after: int


class CallDelivery:
    """Makes claimed calls; many at once."""

    def __init__(
        self, gateway: Gateway, probe: DeliveryProbe, numbers: MessageNumbers, clock: Callable[[], datetime]
    ) -> None:
        self._gateway = gateway
        self._probe = probe
        self._numbers = numbers
        self._clock = clock

    async def make(self, claimed: ClaimedCall) -> CallEnd | Doubt:
        """Makes the call and says how it ended; raises nothing of Telegram's.

        However many forms are tried, it takes no longer than one call may take, so that the lease lasts.
        """
        form = CallForm(claimed.method, {**claimed.arguments, "chat_id": claimed.chat}, claimed.plain)
        after = claimed.after if claimed.doubtful else self._numbers.newest
        if claimed.doubtful and form.sends:
            return Doubt(claimed, form, after)
        return await self._attempt(claimed, form, after)

    async def _attempt(self, claimed: ClaimedCall, form: CallForm, after: int) -> CallEnd | Doubt:
        deadline = self._gateway.deadline()
        while True:
            try:
                return await self._sent(claimed, form, deadline)
            except BadRequest as error:
                changed = amended(form, error)
                if _is_done(form, error):
                    return Sent(claimed.number)
                if changed is None:
                    is_gone = _is_gone(form, error)
                    return self._closed(claimed, "message-gone") if is_gone else self._refused(claimed, error)
                if claimed.doubtful and changed.sends and not form.sends:
                    return Doubt(claimed, changed, after)  # perhaps it was sent anew before this process began
                form = changed
            except TelegramError as error:
                if form.sends and is_doubtful(error):
                    return Doubt(claimed, form, after)
                return self._failed(claimed, error)

    async def settle(self, doubt: Doubt) -> CallEnd:
        """How a doubtful call ended: what it sent is found, or it is to be made again.

        It takes as long as the outbox is away. While Telegram is, it is left to a later time.
        """
        claimed, counters = doubt.claimed, self._gateway.counters
        counters.doubtful += 1
        try:
            found = await self._probe.find(claimed.chat, doubt.form.arguments, doubt.after, is_old=claimed.doubtful)
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

    async def _sent(self, claimed: ClaimedCall, form: CallForm, deadline: float) -> Sent:
        begun = self._gateway.time()
        result = await self._gateway.ask(claimed.chat, form.method, form.arguments, deadline)
        number = result.get("message_id") if form.sends and isinstance(result, dict) else None
        if not isinstance(number, int):
            return Sent(claimed.number)
        self._numbers.was_sent(claimed.chat, number, begun)
        return Sent(claimed.number, number, shares_counter(claimed.chat))

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


def amended(form: CallForm, error: BadRequest) -> CallForm | None:
    """What to try instead of a call that Telegram refused; None for nothing. Each change can be made only once."""
    arguments = form.arguments
    if _is_gone(form, error):
        # An edit that names a topic is not sent anew: the topic may be gone too, and who asked for it makes both anew.
        if "text" not in arguments or "message_thread_id" in arguments:
            return None
        return CallForm("sendMessage", form.without(*_ONLY_OF_EDITS), form.plain)
    if says(error, "can't parse entities") and "parse_mode" in arguments and form.plain is not None:
        return replace(form, arguments={**form.without("parse_mode"), "text": form.plain})
    if says(error, *_NO_TOPIC) and "message_thread_id" in arguments:
        return replace(form, arguments=form.without("message_thread_id"))
    if says(error, *_NOTHING_TO_REPLY_TO) and "reply_parameters" in arguments:
        return replace(form, arguments=form.without("reply_parameters"))
    return None


def _is_done(form: CallForm, error: BadRequest) -> bool:
    """Whether the refusal says that all is as it should be already."""
    return says(error, "not modified") or (form.method == "deleteMessage" and says(error, "to delete not found"))


def _is_gone(form: CallForm, error: BadRequest) -> bool:
    """Whether the message that was to be edited is gone, or too old."""
    return form.edits and says(error, *_GONE)
