"""Indexes for lists of groups: who waits, which answers did not help, and what was asked in which words."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the indexes."""
    op.create_index("ix_askers_state_question_number", "askers", ["state", "question_number"])
    condition = sa.text("outcome = 'answer'")
    op.create_index(
        "ix_questions_not_helped",
        "questions",
        ["group_number"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
    if op.get_context().dialect.name == "sqlite":
        op.create_index("ix_questions_words", "questions", ["group_number", "text"])


def downgrade() -> None:
    """Drops the indexes."""
    if op.get_context().dialect.name == "sqlite":
        op.drop_index("ix_questions_words")
    op.drop_index("ix_questions_not_helped")
    op.drop_index("ix_askers_state_question_number")
