"""medical profiles and first questions."""

import sqlalchemy as sa
from alembic import op

import webapp.db.base

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """medical profiles and first questions."""

    op.create_table(
        "first_questions",
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("finished_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_first_questions_beneficiary_id")
        ),
        sa.PrimaryKeyConstraint("beneficiary_id", name=op.f("pk_first_questions")),
    )
    op.create_table(
        "profile_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_profile_entries_beneficiary_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_entries")),
        sa.UniqueConstraint("entry_id", "version", name=op.f("uq_profile_entries_entry_id_version")),
    )
    with op.batch_alter_table("profile_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_profile_entries_list",
            ["beneficiary_id", "kind", "superseded_at", "happened_on"],
            unique=False,
        )
