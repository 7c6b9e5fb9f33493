"""Invitations between the guardians of a child, and their disagreements."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base


class SpaceInvitation(Base):
    """One guardian invites the other legal representative that the registry names to share a child's space."""

    __tablename__ = "space_invitations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"))
    """The child."""
    from_account_id: Mapped[UUID]
    to_person_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"))
    """Whom it is for: their account may be made after it."""
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(12))
    """`accepted`, `refused` or `withdrawn`."""

    __table_args__ = (Index(None, "to_person_id", "expires_at"), Index(None, "beneficiary_id"))


class Disagreement(Base):
    """Two guardians do not agree about a child's space: it stays as it is until whoever said so takes it back."""

    __tablename__ = "disagreements"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"))
    """The guardian who said so, from an account or with a code: whatever becomes of either, they may take it back."""
    raised_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "beneficiary_id"), Index(None, "person_id"))
