"""The documents of a space, and the files that are to be removed."""

import sqlalchemy as sa
from alembic import op

import webapp.db.base

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the documents of a space, and the list of files that no document holds (yet, or any more)."""
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=8), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("media", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=43), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("deleted_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("confidential", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_documents_beneficiary_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("file", name=op.f("uq_documents_file")),
    )
    kept, binned = sa.text("deleted_at IS NULL"), sa.text("deleted_at IS NOT NULL")
    for name, columns, where in (
        ("kept", ["beneficiary_id", "dated_on", "id"], kept),
        ("category", ["beneficiary_id", "category", "dated_on", "id"], kept),
        ("added", ["beneficiary_id", "added_at", "id"], kept),
        ("bin", ["beneficiary_id", "deleted_at", "id"], binned),
        ("due", ["deleted_at"], binned),
    ):
        op.create_index(
            f"ix_documents_{name}", "documents", columns, sqlite_where=where, postgresql_where=where
        )
    op.create_index(op.f("ix_documents_beneficiary_id"), "documents", ["beneficiary_id"])
    op.create_table(
        "loose_files",
        sa.Column("name", sa.String(length=43), nullable=False),
        sa.Column("due_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_loose_files")),
    )
    op.create_index(op.f("ix_loose_files_due_at"), "loose_files", ["due_at"])
