"""Which suggestion a citizen chose, so that their words can become a way to ask for it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column."""
    op.add_column("questions", sa.Column("chosen_entry", sa.String(64)))
    op.create_index("ix_questions_chosen_entry", "questions", ["chosen_entry"])


def downgrade() -> None:
    """Drops it."""
    op.drop_index("ix_questions_chosen_entry", "questions")
    op.drop_column("questions", "chosen_entry")
