"""The messages of a space."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base, index_of_some


class Message(Base):
    """One message to whoever reaches a space."""

    __tablename__ = "messages"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"))
    kind: Mapped[str] = mapped_column(String(24))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Subject and body."""
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    confidential: Mapped[bool] = mapped_column(server_default=false())
    """The holder, a minor, keeps it from their guardians."""

    __table_args__ = (
        Index(None, "beneficiary_id", "sent_at", "id"),
        *(
            index_of_some(f"ix_messages_{name}", "beneficiary_id", "sent_at", "id", where=condition)
            for name, condition in (
                ("inbox", "archived_at IS NULL"),
                ("unread", "archived_at IS NULL AND read_at IS NULL"),
                ("archived", "archived_at IS NOT NULL"),
            )
        ),
    )
