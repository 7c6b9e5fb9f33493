"""The public database of medicines: empty until `espace-sante medicines load`."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _by_bytes(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Create the medicines and the words by which they are found."""
    op.create_table(
        "medicines",
        sa.Column("cis", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("folded", _by_bytes(300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("cis", name=op.f("pk_medicines")),
    )
    op.create_index("ix_medicines_folded", "medicines", ["folded"])
    op.create_table(
        "medicine_words",
        sa.Column("word", _by_bytes(40), nullable=False),
        sa.Column("cis", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("word", "cis", name=op.f("pk_medicine_words")),
        sqlite_with_rowid=False,
    )
