"""Who asked, as a digest, so that people are counted; linked previews, saved replies, and cards to be shown again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns, and makes the table."""
    op.add_column("questions", sa.Column("citizen_digest", sa.LargeBinary(32)))
    op.create_index("ix_questions_citizen_digest", "questions", ["citizen_digest"])
    op.add_column("previews", sa.Column("entry_id", sa.String(64)))
    op.add_column("staff_cards", sa.Column("again_at", sa.DateTime(timezone=True)))
    op.create_table(
        "saved_replies",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by_id", sa.String(128), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("saved_replies")
    op.drop_column("staff_cards", "again_at")
    op.drop_column("previews", "entry_id")
    op.drop_index("ix_questions_citizen_digest", "questions")
    op.drop_column("questions", "citizen_digest")
