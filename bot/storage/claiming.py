"""Claiming calls of the outbox: each is one process's alone, until it ends or its lease does."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text, update

from bot.delivery import ClaimedCall
from bot.storage.heads import Heads, padded
from bot.storage.tables import OUTBOX, UNFINISHED

LEASE = timedelta(seconds=20)
"""A call takes less, unless the process that makes it has died."""

_OTHERS = OUTBOX.alias()
_CHAT_IS_BUSY = (
    select(_OTHERS.c.number)
    .where(_OTHERS.c.channel == OUTBOX.c.channel, _OTHERS.c.chat == OUTBOX.c.chat)
    .where(_OTHERS.c.state == text("'sending'"), _OTHERS.c.due_at > bindparam("now"))
    .exists()
)
_COLUMNS = ("number", "chat", "method", "arguments", "plain", "reference", "attempts", "state", "after")
_DUE = Heads(
    OUTBOX,
    UNFINISHED,
    select(*(OUTBOX.c[name] for name in _COLUMNS))
    # Each condition on the row itself is checked anew when another process let go of it. None is that of an index, so
    # that the row is found by its number.
    .where(OUTBOX.c.state.in_(("waiting", "sending")), OUTBOX.c.due_at <= bindparam("now"), ~_CHAT_IS_BUSY)
    .with_for_update(of=OUTBOX, skip_locked=True),
)
_CLAIM = (
    update(OUTBOX)
    .where(OUTBOX.c.number.in_(bindparam("numbers", expanding=True)))
    .values(
        state="sending",
        due_at=bindparam("lease_end"),
        attempts=OUTBOX.c.attempts + 1,
        after=func.coalesce(OUTBOX.c.after, bindparam("newest")),
    )
)


def claim(
    connection: Connection, channel: str, now: datetime, *, limit: int, newest: int, without: Collection[int]
) -> list[ClaimedCall]:
    """Up to `limit` due calls that are the oldest of their chats, which nobody else is given before the lease ends."""
    if limit <= 0:
        return []
    wanted = {"in_channel": channel, "now": now, "limit": limit, "without": list(without)}
    calls = [_claimed(row, newest) for row in _DUE.find(connection, wanted)]
    if calls:
        numbers = [call.number for call in calls]
        connection.execute(_CLAIM, {"numbers": padded(numbers), "lease_end": now + LEASE, "newest": newest})
    return calls


def _claimed(row: Row[Any], newest: int) -> ClaimedCall:
    return ClaimedCall(
        number=row.number,
        chat=row.chat,
        method=row.method,
        arguments=row.arguments,
        plain=row.plain,
        reference=row.reference,
        attempts=row.attempts,
        doubtful=row.state == "sending",
        after=newest if row.after is None else row.after,
    )
