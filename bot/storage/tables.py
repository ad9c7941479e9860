"""The tables, as the newest migration leaves them; those of the follow-up are in its own room."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)


class UtcTime(TypeDecorator[datetime]):
    """A moment. SQLite drops time zones, so each moment is turned to UTC on its way in and marked so on its way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        del dialect
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, marked as UTC."""
        del dialect
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""The type of a column whose numbers the database gives."""


def _index_where(condition: str, name: str, *columns: str) -> Index:
    """An index of some of the rows. A query that is to use it has the same words in it, not a parameter."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


DEPLOYMENT = Table(
    "deployment",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What is made once for this deployment, such as the key that origins are digested with."""

NOT_HELPED = "outcome = 'answer'"
"""Of questions: an answer was given, and did not help."""

QUESTIONS = Table(
    "questions",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("origin_digest", LargeBinary(32), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("group_number", BigInteger),
    Column("citizen_digest", LargeBinary(32)),
    Column("chosen_entry", String(64)),
    Index(None, "state", "number"),
    Index(None, "asked_at"),
    Index(None, "citizen_digest"),
    Index(None, "chosen_entry"),
    Index(None, "group_number"),
    _index_where(NOT_HELPED, "ix_questions_not_helped", "group_number"),
    # PostgreSQL reads the table itself as fast, and takes no long text into an index.
    Index("ix_questions_words", "group_number", "text").ddl_if(dialect="sqlite"),
    # A number is in buttons that citizens have on their screens, so one that was purged must not come again.
    sqlite_autoincrement=True,
)
"""Recorded questions; `nearest` is a list of pairs of an entry's id and its confidence.

`citizen_digest` says of two questions whether the same chat asked them, and nothing more. `chosen_entry` is the
suggestion that settled the question.
"""

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("name_digest", LargeBinary(32), primary_key=True),
    Column("text", Text, nullable=False),
    Column("until", UtcTime, nullable=False),
    Index(None, "until"),
)
"""What conversations are about, each until its time is over."""

WAITING = "state = 'waiting'"
"""Of the inbox: updates that are to be handled."""
DEAD = "state = 'dead'"
"""Of the inbox: updates that nobody could handle."""

HAS_MESSAGE = "message IS NOT NULL"

INBOX = Table(
    "inbox",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("key_digest", LargeBinary(32), nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("body", Text),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text),
    Column("received_at", UtcTime, nullable=False),
    Column("message", BigInteger),
    Column("holder", String(32)),
    Column("leased_until", UtcTime),
    UniqueConstraint("channel", "key_digest"),
    Index(None, "received_at"),
    _index_where(WAITING, "ix_inbox_waiting", "channel", "number"),
    _index_where(WAITING, "ix_inbox_waiting_of_chat", "channel", "chat", "number"),
    _index_where(DEAD, "ix_inbox_dead", "channel", "number"),
    _index_where(HAS_MESSAGE, "ix_inbox_message", "channel", "message"),
    sqlite_autoincrement=True,
)
"""Updates that came in. Of one that is done, only the digest of its key is left, against a second delivery.

Where several processes share the database, the `holder` alone handles an update, until its lease ends.
"""

UNFINISHED = "ended_at IS NULL"
"""Of the outbox: calls that wait or are being made."""
BEING_MADE = "state = 'sending'"
"""Of the outbox: calls that a process has claimed."""
CLOSED = "state = 'closed'"
"""Of the outbox: calls that will never be made."""
SENT = "state = 'sent' AND reference IS NULL"
"""Of the outbox: calls that were made, and that nothing refers to."""
SENT_WITH_REFERENCE = "state = 'sent' AND reference IS NOT NULL"

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("method", String(64), nullable=False),
    Column("arguments", JSON(none_as_null=True)),
    Column("plain", Text),
    Column("reference", String(128)),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("after", BigInteger),
    Column("message", BigInteger),
    Column("reason", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    _index_where(UNFINISHED, "ix_outbox_unfinished", "channel", "number"),
    _index_where(UNFINISHED, "ix_outbox_unfinished_of_chat", "channel", "chat", "number"),
    _index_where(BEING_MADE, "ix_outbox_being_made", "channel", "chat"),
    _index_where(HAS_MESSAGE, "ix_outbox_message", "channel", "message"),
    _index_where(CLOSED, "ix_outbox_closed", "channel", "ended_at"),
    _index_where(SENT, "ix_outbox_sent", "ended_at"),
    _index_where(SENT_WITH_REFERENCE, "ix_outbox_sent_with_reference", "ended_at"),
    sqlite_autoincrement=True,
)
"""Calls on their way out. `due_at` is when a waiting one may be made, and when the lease of one being made ends."""


SIGN_IN_CODES = Table(
    "sign_in_codes",
    METADATA,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("member_id", String(128), nullable=False, unique=True),
    Column("member_name", Text, nullable=False),
    Column("until", UtcTime, nullable=False),
)
"""Codes that let a member of the staff in, each once; a member has the newest one alone."""

STAFF_SESSIONS = Table(
    "staff_sessions",
    METADATA,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("member_id", String(128), nullable=False),
    Column("member_name", Text, nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Index(None, "member_id"),
)
"""Who is signed in. Of what their browser shows there is a digest alone."""


CHATS = Table(
    "transcripts",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("secret_digest", LargeBinary(32), nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Index(None, "seen_at"),
    # A number says where an answer goes, so one that was destroyed must not come again.
    sqlite_autoincrement=True,
)
"""Chats; of the secret by which their citizens are known, a digest. Each change of a chat has the next `revision`."""

MESSAGES = Table(
    "transcript_messages",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("is_own", Boolean, nullable=False),
    Column("is_literal", Boolean, nullable=False),
    Column("reply_to", BigInteger),
    Column("at", UtcTime, nullable=False),
    Index(None, "chat", "number"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
"""What was shown in chats; `buttons` is a list of labels, codes, and whether they are short."""

FORMS = Table(
    "transcript_forms",
    METADATA,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "at"),
    Index(None, "chat"),
)
"""Forms that were taken, so that each counts once however often it is sent."""

VOTES = Table(
    "votes",
    METADATA,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("citizen_digest", LargeBinary(32), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("topic", String(64), nullable=False),
    Column("entry_id", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "citizen_digest"),
    Index(None, "at"),
)
"""Whether an answer helped a citizen; a digest of who and which answer, so that each counts once."""

TALLIES = Table(
    "tallies",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("kind", String(24), primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("entry_id", String(64), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
"""What was counted a day. A count is the sum of its parts, so that instances need not wait for each other."""
