"""sessions, factors, family, closing."""

import sqlalchemy as sa
from alembic import op

import webapp.db.base

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """sessions, factors, family, closing."""

    op.create_table(
        "disagreements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_disagreements_beneficiary_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["beneficiaries.id"], name=op.f("fk_disagreements_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreements")),
    )
    with op.batch_alter_table("disagreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disagreements_beneficiary_id"), ["beneficiary_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disagreements_person_id"), ["person_id"], unique=False)

    op.create_table(
        "space_invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=False),
        sa.Column("from_account_id", sa.Uuid(), nullable=False),
        sa.Column("to_person_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["beneficiaries.id"], name=op.f("fk_space_invitations_beneficiary_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_person_id"], ["beneficiaries.id"], name=op.f("fk_space_invitations_to_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_invitations")),
    )
    with op.batch_alter_table("space_invitations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_space_invitations_beneficiary_id"), ["beneficiary_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_space_invitations_to_person_id_expires_at"),
            ["to_person_id", "expires_at"],
            unique=False,
        )

    op.create_table(
        "authenticators",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("added_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_authenticators_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_authenticators")),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("credential_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("added_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_passkeys_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_index", name=op.f("uq_passkeys_credential_index")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_account_id"), ["account_id"], unique=False)

    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", webapp.db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("digest", name=op.f("uq_recovery_codes_digest")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_codes_account_id"), ["account_id"], unique=False)

    with op.batch_alter_table("account_spaces", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_account_spaces_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(
            "ix_account_spaces_without_day",
            ["account_id"],
            unique=False,
            sqlite_where=sa.text("role = 'guardian' AND ends_on IS NULL"),
            postgresql_where=sa.text("role = 'guardian' AND ends_on IS NULL"),
        )

    with op.batch_alter_table("health_spaces", schema=None) as batch_op:
        batch_op.add_column(sa.Column("frozen_at", webapp.db.base.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("erase_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_health_spaces_erase_on"), ["erase_on"], unique=False)

    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("purpose", sa.String(length=16), server_default="sign-in", nullable=False)
        )

    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_visits_account_id"), ["account_id"], unique=False)
