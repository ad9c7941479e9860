"""The staff group: prompts that replies belong to, and under which number the group goes on."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "staff_prompts",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("group_number", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_staff_prompts_at", "staff_prompts", ["at"])
    op.create_table(
        "staff_chats",
        sa.Column("was", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("now", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Drops the tables."""
    op.drop_table("staff_chats")
    op.drop_table("staff_prompts")
