"""Of calls that will never be made, the chat and the words are not kept any more."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empties those that are there."""
    op.execute("UPDATE outbox SET chat = 0, arguments = NULL, plain = NULL WHERE state = 'closed'")


def downgrade() -> None:
    """Nothing to do: the tables are the same, and what was destroyed is gone."""
