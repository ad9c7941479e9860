"""Writing down how calls of the outbox ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, case, delete, insert, select, text, update

from bot.delivery import CallEnd, Closed, Moved, Postponed, Sent
from bot.storage.follow_up.tables import STAFF_CHATS
from bot.storage.keeping import storable
from bot.storage.messages import SHARES_COUNTER
from bot.storage.tables import OUTBOX, UNFINISHED

Ended = tuple[str, Sent | Closed]
"""The reference of a call, and how it ended."""

_UNFINISHED = (OUTBOX.c.channel == bindparam("in_channel")) & text(UNFINISHED)
_IS_IT = _UNFINISHED & (OUTBOX.c.number == bindparam("of"))
_IS_OURS = _IS_IT & (OUTBOX.c.state == "sending") & (OUTBOX.c.attempts == bindparam("attempt"))
_SENT = (
    update(OUTBOX)
    .where(_IS_IT)
    # Where it went is nobody's business any more. Its number stays, of a chat that shares its counter with others.
    .values(
        state="sent",
        chat=0,
        message=case((SHARES_COUNTER, bindparam("sent", type_=BigInteger))),
        arguments=None,
        plain=None,
        ended_at=bindparam("now"),
    )
    .returning(OUTBOX.c.reference)
)
_CLOSED = (
    update(OUTBOX)
    .where(_IS_OURS)
    .values(state="closed", reason=bindparam("why"), ended_at=bindparam("now"))
    .returning(OUTBOX.c.reference)
)
_POSTPONED = update(OUTBOX).where(_IS_OURS).values(state="waiting", due_at=bindparam("until"))
_MIGRATED = (OUTBOX.c.number == bindparam("of")) & (OUTBOX.c.chat != bindparam("to", type_=BigInteger))
_FORGET_MIGRATION = delete(STAFF_CHATS).where(
    STAFF_CHATS.c.was == select(OUTBOX.c.chat).where(_MIGRATED).scalar_subquery()
)
_KEEP_MIGRATION = insert(STAFF_CHATS).from_select(
    ["was", "now"], select(OUTBOX.c.chat, bindparam("to", type_=BigInteger)).where(_MIGRATED)
)
_MOVE_CHAT = (
    update(OUTBOX)
    .where(_UNFINISHED, OUTBOX.c.chat == select(OUTBOX.c.chat).where(_IS_IT).scalar_subquery())
    .values(chat=bindparam("to"))
)


class Ending:
    """Writes down how calls ended, at one moment.

    `attempts` has the calls that this process claimed, with the number of its attempt. Where another process took a
    call over because our lease had ended, only that it was sent still counts: that is so whoever makes it.
    """

    def __init__(self, channel: str, attempts: Mapping[int, int], now: datetime) -> None:
        self._channel = channel
        self._attempts = attempts
        self._now = now

    def write(self, connection: Connection, end: CallEnd) -> Ended | None:
        """What its reference is to be told, where it has one and the call is over."""
        its = {"in_channel": self._channel, "of": end.number, "attempt": self._attempts.get(end.number, 0)}
        match end:
            case Sent():
                return _ended(connection, _SENT, {**its, "sent": end.message, "now": self._now}, end)
            case Closed():
                return _ended(connection, _CLOSED, {**its, "why": storable(end.reason), "now": self._now}, end)
            case Postponed():
                connection.execute(_POSTPONED, {**its, "until": end.until})
            case Moved():
                connection.execute(_FORGET_MIGRATION, {"of": end.number, "to": end.chat})
                connection.execute(_KEEP_MIGRATION, {"of": end.number, "to": end.chat})
                connection.execute(_MOVE_CHAT, {**its, "to": end.chat})
                connection.execute(_POSTPONED, {**its, "until": self._now})
        return None


def _ended(connection: Connection, statement: Any, values: dict[str, Any], end: Sent | Closed) -> Ended | None:
    reference = connection.execute(statement, values).scalar_one_or_none()
    return (reference, end) if reference else None
