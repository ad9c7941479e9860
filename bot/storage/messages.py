"""Which numbers of messages are known: those that came in, and those that calls have sent.

Telegram counts the messages of each supergroup by themselves; all other chats of a bot share one counter, and only
that one is of use here: a message that may have been sent has one of its numbers that is not known.
"""

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, text

from bot.storage.tables import HAS_MESSAGE, INBOX, OUTBOX

_SUPERGROUPS_BELOW = -1_000_000_000_000
SHARES_COUNTER = OUTBOX.c.chat > _SUPERGROUPS_BELOW
_SENT = (OUTBOX.c.channel == bindparam("in_channel")) & text(HAS_MESSAGE) & SHARES_COUNTER
_CAME_IN = (INBOX.c.channel == bindparam("in_channel")) & text(HAS_MESSAGE)
_NEWEST = (
    select(func.max(OUTBOX.c.message)).where(_SENT),
    select(func.max(INBOX.c.message)).where(_CAME_IN),
)
_KNOWN = (
    select(OUTBOX.c.message)
    .where(_SENT, OUTBOX.c.message > bindparam("above"))
    .union_all(select(INBOX.c.message).where(_CAME_IN, INBOX.c.message > bindparam("above")))
)


def newest_message(connection: Connection, channel: str) -> int:
    """The largest number that is known in the channel, 0 where none is."""
    return max(connection.execute(query, {"in_channel": channel}).scalar_one() or 0 for query in _NEWEST)


def known_messages(connection: Connection, channel: str, above: int) -> set[int]:
    """All numbers above the one given that are known in the channel."""
    return set(connection.execute(_KNOWN, {"in_channel": channel, "above": above}).scalars())


def is_not_newest() -> ColumnElement[bool]:
    """Of a call: it may be destroyed, since what it sent is not the newest message that is known in its channel."""
    calls = OUTBOX.alias()
    newest = select(func.max(calls.c.message)).where(
        calls.c.channel == OUTBOX.c.channel, calls.c.message.is_not(None), calls.c.chat > _SUPERGROUPS_BELOW
    )
    return OUTBOX.c.message.is_(None) | ~SHARES_COUNTER | (OUTBOX.c.message < newest.scalar_subquery())
