"""The messages of a space."""

import sqlalchemy as sa
from alembic import op

import webapp.db.base

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the messages of a space."""
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("read_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("archived_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("confidential", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_messages_beneficiary_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    columns = ["beneficiary_id", "sent_at", "id"]
    op.create_index(op.f("ix_messages_beneficiary_id_sent_at_id"), "messages", columns)
    for name, condition in (
        ("inbox", "archived_at IS NULL"),
        ("unread", "archived_at IS NULL AND read_at IS NULL"),
        ("archived", "archived_at IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(
            f"ix_messages_{name}", "messages", columns, sqlite_where=where, postgresql_where=where
        )
