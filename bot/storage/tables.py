"""The tables, as the newest migration leaves them."""

from datetime import UTC, datetime

from sqlalchemy import JSON, BigInteger, Column, DateTime, Index, Integer, LargeBinary, MetaData, String, Table, Text
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


DEPLOYMENT = Table(
    "deployment",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What is made once for this deployment, such as the key that origins are digested with."""

QUESTIONS = Table(
    "questions",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("origin_digest", LargeBinary(32), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index(None, "state", "number"),
    Index(None, "asked_at"),
    # A number is in buttons that citizens have on their screens, so one that was purged must not come again.
    sqlite_autoincrement=True,
)
"""Recorded questions; `nearest` is a list of pairs of an entry's id and its confidence."""

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("name_digest", LargeBinary(32), primary_key=True),
    Column("text", Text, nullable=False),
    Column("until", UtcTime, nullable=False),
    Index(None, "until"),
)
"""What conversations are about, each until its time is over."""
