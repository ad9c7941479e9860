"""Chats that are kept here, because their channel keeps none."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "transcripts",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("secret_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("secret_digest", name="uq_transcripts_secret_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transcripts_seen_at", "transcripts", ["seen_at"])
    op.create_table(
        "transcript_messages",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("buttons", sa.JSON, nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("is_own", sa.Boolean, nullable=False),
        sa.Column("is_literal", sa.Boolean, nullable=False),
        sa.Column("reply_to", sa.BigInteger),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transcript_messages_chat_number", "transcript_messages", ["chat", "number"])
    op.create_index("ix_transcript_messages_at", "transcript_messages", ["at"])
    op.create_table(
        "transcript_forms",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_transcript_forms_at", "transcript_forms", ["at"])
    op.create_index("ix_transcript_forms_chat", "transcript_forms", ["chat"])


def downgrade() -> None:
    """Drops the tables."""
    for table in ("transcript_forms", "transcript_messages", "transcripts"):
        op.drop_table(table)
