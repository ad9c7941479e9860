"""Who may enter the console, and who is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "sign_in_codes",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("member_id", sa.String(128), nullable=False),
        sa.Column("member_name", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("member_id", name="uq_sign_in_codes_member_id"),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("member_id", sa.String(128), nullable=False),
        sa.Column("member_name", sa.Text, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_staff_sessions_member_id", "staff_sessions", ["member_id"])


def downgrade() -> None:
    """Drops the tables."""
    op.drop_table("staff_sessions")
    op.drop_table("sign_in_codes")
