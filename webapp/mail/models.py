"""The outbox: one row for each letter that must leave, written in the transaction of the act it tells of."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, and_
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base


class OutboxRow(Base):
    """A letter, sealed with its recipient until it is delivered or given up; then only its dates remain."""

    __tablename__ = "outbox"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    """When the next try may be made; moves forward with each failure."""
    expires_at: Mapped[datetime | None]
    """From then on the letter is of no use (its code is dead): it is given up rather than sent."""
    channel: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[UUID | None]
    """The beneficiary whom the letter is about."""
    message_id: Mapped[str] = mapped_column(String(300))
    """The same at every try, so that a mailbox can tell a second copy."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    tries: Mapped[int] = mapped_column(default=0)
    claim: Mapped[UUID | None]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    failed_for_good_at: Mapped[datetime | None]


WAITING = and_(OutboxRow.sent_at.is_(None), OutboxRow.failed_for_good_at.is_(None))
"""The letters that still have to leave."""

# Only of WAITING rows: the migration says so. Said here, it would load PostgreSQL's dialect at each start.
Index("ix_outbox_waiting", OutboxRow.due_at)
