"""A health space, what was decided about it, and the provisional codes that let somebody decide."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base


class HealthSpace(Base):
    """The state of one beneficiary's space; no row means `known`: nobody was invited, nothing was decided."""

    __tablename__ = "health_spaces"

    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(24))
    changed_at: Mapped[datetime]
    invited_at: Mapped[datetime | None]
    window_ends_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    """Two guardians do not agree: nothing is decided about this space until they do."""
    erase_on: Mapped[date | None]
    """Of a closed space: the day on which what it holds is deleted for good."""

    __table_args__ = (Index(None, "state", "window_ends_at"), Index(None, "erase_on"))


class Decision(Base):
    """One decision, kept for ever; the newest one of a person made the state of the space."""

    __tablename__ = "decisions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"))
    kind: Mapped[str] = mapped_column(String(24))
    decided_at: Mapped[datetime]
    reference: Mapped[str] = mapped_column(String(32), unique=True)
    terms_version: Mapped[str | None] = mapped_column(String(32))
    terms_accepted_at: Mapped[datetime | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Name and number as they stood on that day, and who decided."""

    __table_args__ = (Index(None, "beneficiary_id", "decided_at"),)


class ProvisionalCode(Base):
    """A code of twelve characters, known only by its digest. `kind`: see `CodeKind`."""

    __tablename__ = "provisional_codes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject_index: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Whom it is about (blind index of an identity, or of an identifier): a newer code kills an older one."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The cards whose people may decide with it, or the account whose password it lets choose."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries_left: Mapped[int]
    used_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "subject_index", "created_at"),)
