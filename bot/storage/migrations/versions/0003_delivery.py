"""Updates on their way in and calls on their way out, so that neither is lost with the process."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "inbox",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.BigInteger),
        sa.UniqueConstraint("channel", "key_digest", name="uq_inbox_channel_key_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    _index("inbox", "waiting", ["channel", "number"], "state = 'waiting'")
    _index("inbox", "waiting_of_chat", ["channel", "chat", "number"], "state = 'waiting'")
    _index("inbox", "dead", ["channel", "number"], "state = 'dead'")
    _index("inbox", "message", ["channel", "message"], "message IS NOT NULL")
    op.create_table(
        "outbox",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("method", sa.String(64), nullable=False),
        sa.Column("arguments", sa.JSON),
        sa.Column("plain", sa.Text),
        sa.Column("reference", sa.String(128)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sqlite_autoincrement=True,
    )
    _index("outbox", "unfinished", ["channel", "number"], "ended_at IS NULL")
    _index("outbox", "unfinished_of_chat", ["channel", "chat", "number"], "ended_at IS NULL")
    _index("outbox", "being_made", ["channel", "chat"], "state = 'sending'")
    _index("outbox", "message", ["channel", "message"], "message IS NOT NULL")
    _index("outbox", "closed", ["channel", "ended_at"], "state = 'closed'")
    _index("outbox", "sent", ["ended_at"], "state = 'sent' AND reference IS NULL")
    _index("outbox", "sent_with_reference", ["ended_at"], "state = 'sent' AND reference IS NOT NULL")


def downgrade() -> None:
    """Drops the tables."""
    op.drop_table("outbox")
    op.drop_table("inbox")


def _index(table: str, name: str, columns: list[str], condition: str) -> None:
    """An index of some of the rows alone, which stays small however many are done."""
    where = sa.text(condition)
    op.create_index(f"ix_{table}_{name}", table, columns, sqlite_where=where, postgresql_where=where)
