"""Groups of unanswered questions and what staff do with them: askers, audit, drafts, votes, tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    op.add_column("questions", sa.Column("group_number", sa.BigInteger))
    op.create_index("ix_questions_group_number", "questions", ["group_number"])
    _make_question_groups()
    _make_askers()
    _make_ask_backs()
    _make_notes()
    _make_previews()
    _make_staff_cards()
    _make_audit()
    _make_drafts()
    _make_votes()
    _make_tallies()
    _make_digests()


def downgrade() -> None:
    """Drops the tables."""
    for table in (
        "digests",
        "tallies",
        "votes",
        "drafts",
        "audit",
        "staff_cards",
        "previews",
        "notes",
        "ask_backs",
        "askers",
        "question_groups",
    ):
        op.drop_table(table)
    op.drop_index("ix_questions_group_number", "questions")
    op.drop_column("questions", "group_number")


def _make_question_groups() -> None:
    op.create_table(
        "question_groups",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("questions", sa.Integer, nullable=False),
        sa.Column("first_asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        sa.Column("nearest", sa.JSON, nullable=False),
        sa.Column("standing", sa.JSON, nullable=False),
        sa.Column("last_act", sa.JSON),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("send_at", sa.DateTime(timezone=True)),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("answer_revision", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_question_groups_state_number", "question_groups", ["state", "number"])
    op.create_index("ix_question_groups_last_asked_at", "question_groups", ["last_asked_at"])
    op.create_index("ix_question_groups_send_at", "question_groups", ["send_at"])


def _make_askers() -> None:
    op.create_table(
        "askers",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("question_number", sa.BigInteger, nullable=False),
        sa.Column("citizen_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("chat", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("asked_back", sa.BigInteger, nullable=False),
        sa.Column("asked_back_message", sa.BigInteger),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("question_number", name="uq_askers_question_number"),
        sa.UniqueConstraint("receipt", name="uq_askers_receipt"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_askers_citizen_digest", "askers", ["citizen_digest"])
    op.create_index("ix_askers_state_number", "askers", ["state", "number"])


def _make_ask_backs() -> None:
    op.create_table(
        "ask_backs",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("group_number", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by_id", sa.String(128), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ask_backs_group_number", "ask_backs", ["group_number"])
    op.create_index("ix_ask_backs_send_at", "ask_backs", ["send_at"])


def _make_notes() -> None:
    op.create_table(
        "notes",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("question_number", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_notes_question_number", "notes", ["question_number"])


def _make_previews() -> None:
    op.create_table(
        "previews",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("group_number", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("by_id", sa.String(128), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_previews_at", "previews", ["at"])


def _make_staff_cards() -> None:
    op.create_table(
        "staff_cards",
        sa.Column("group_number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("ix_staff_cards_chat_message", "staff_cards", ["chat", "message"])


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(128), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("group_number", sa.BigInteger),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_group_number", "audit", ["group_number"])


def _make_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("group_number", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("entry_id", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_state_number", "drafts", ["state", "number"])
    op.create_index("ix_drafts_group_number", "drafts", ["group_number"])


def _make_votes() -> None:
    op.create_table(
        "votes",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("citizen_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("entry_id", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_votes_citizen_digest", "votes", ["citizen_digest"])
    op.create_index("ix_votes_at", "votes", ["at"])


def _make_tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("kind", sa.String(24), primary_key=True),
        sa.Column("topic", sa.String(64), primary_key=True),
        sa.Column("entry_id", sa.String(64), primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _make_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("channel", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
