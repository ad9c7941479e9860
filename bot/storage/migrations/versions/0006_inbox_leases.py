"""Who is handling an update that came in, and until when nobody else may."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns."""
    op.add_column("inbox", sa.Column("holder", sa.String(32)))
    op.add_column("inbox", sa.Column("leased_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Drops the columns."""
    op.drop_column("inbox", "leased_until")
    op.drop_column("inbox", "holder")
