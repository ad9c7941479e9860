"""What conversations are about, so that a question is understood with the one before it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "conversations",
        sa.Column("name_digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_conversations_until", "conversations", ["until"])


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("conversations")
