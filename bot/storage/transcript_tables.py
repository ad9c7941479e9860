"""The tables of the chats that are kept here, as the newest migration leaves them."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from bot.storage.tables import METADATA, UtcTime

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

CHATS = Table(
    "transcripts",
    METADATA,
    Column("number", _NUMBER, primary_key=True),
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
    Column("number", _NUMBER, primary_key=True),
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
