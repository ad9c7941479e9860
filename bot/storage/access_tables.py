"""The tables of the sign-in to the console, as the newest migration leaves them."""

from sqlalchemy import Column, Index, LargeBinary, String, Table, Text

from bot.storage.tables import METADATA, UtcTime

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
