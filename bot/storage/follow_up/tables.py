"""The tables of the follow-up, as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from bot.storage.tables import METADATA, NUMBER, UtcTime

GROUPS = Table(
    "question_groups",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("languages", JSON, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("first_asked_at", UtcTime, nullable=False),
    Column("last_asked_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("reminded_at", UtcTime),
    Column("nearest", JSON, nullable=False),
    Column("standing", JSON, nullable=False),
    Column("last_act", JSON(none_as_null=True)),
    Column("answered_at", UtcTime),
    Column("send_at", UtcTime),
    Column("sent_at", UtcTime),
    Column("revision", Integer, nullable=False),
    Column("answer_revision", Integer, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "state", "number"),
    Index(None, "last_asked_at"),
    Index(None, "send_at"),
    # Its number is on cards that staff have on their screens, so one that was destroyed must not come again.
    sqlite_autoincrement=True,
)
"""Groups of questions. `standing` is all that acts change; what is asked for in queries stands beside it.

`sent_at` is when the first asker was about to be told: from then on nothing can be undone.
"""

ASKERS = Table(
    "askers",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("question_number", BigInteger, nullable=False, unique=True),
    Column("citizen_digest", LargeBinary(32), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("chat", BigInteger),
    Column("message", BigInteger),
    Column("language", String(8), nullable=False),
    Column("receipt", String(16), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("asked_back", BigInteger, nullable=False),
    Column("asked_back_message", BigInteger),
    Column("created_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index(None, "citizen_digest"),
    Index(None, "state", "number"),
    Index(None, "state", "question_number"),
    sqlite_autoincrement=True,
)
"""Citizens who want to be told. `asked_back` is the newest question of staff that they were sent, in that
message."""

ASK_BACKS = Table(
    "ask_backs",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("group_number", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("by_id", String(128), nullable=False),
    Column("by_name", Text, nullable=False),
    Column("send_at", UtcTime, nullable=False),
    Index(None, "group_number"),
    Index(None, "send_at"),
    sqlite_autoincrement=True,
)
"""What staff asked those who had asked."""

NOTES = Table(
    "notes",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("question_number", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "question_number"),
)
"""What citizens wrote when they were asked back."""

PREVIEWS = Table(
    "previews",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("group_number", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("by_id", String(128), nullable=False),
    Column("by_name", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("entry_id", String(64)),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
"""Answers that staff have before their eyes and have not sent; with `entry_id`, the answer of that entry."""

SAVED_REPLIES = Table(
    "saved_replies",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("text", Text, nullable=False),
    Column("by_id", String(128), nullable=False),
    Column("by_name", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
"""Answers that staff keep to give them again."""

CARDS = Table(
    "staff_cards",
    METADATA,
    Column("group_number", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("thread", BigInteger),
    Column("message", BigInteger),
    Column("revision", Integer, nullable=False),
    Column("again_at", UtcTime),
    Index(None, "chat", "message"),
)
"""Where in a staff chat a group is shown, and which revision of it; from `again_at` on it is to be shown anew."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by_id", String(128), nullable=False),
    Column("by_name", Text, nullable=False),
    Column("act", String(16), nullable=False),
    Column("group_number", BigInteger),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Index(None, "at"),
    Index(None, "group_number"),
    sqlite_autoincrement=True,
)
"""Who did what, and when."""

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("group_number", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("entry_id", String(64), nullable=False),
    Column("content", JSON, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index(None, "state", "number"),
    Index(None, "group_number"),
    sqlite_autoincrement=True,
)
"""Changes of the knowledge base that answers of staff propose."""

DIGESTS = Table(
    "digests",
    METADATA,
    Column("channel", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", UtcTime, nullable=False),
)
"""The days for which staff got their digest."""

PROMPTS = Table(
    "staff_prompts",
    METADATA,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("group_number", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "at"),
)
"""Messages in a staff chat that ask for a reply, and what the reply is for."""

STAFF_CHATS = Table(
    "staff_chats",
    METADATA,
    Column("was", BigInteger, primary_key=True, autoincrement=False),
    Column("now", BigInteger, nullable=False),
)
"""Under which number a staff chat goes on that was given a new one."""
