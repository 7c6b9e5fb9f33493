"""An authenticator application and printed recovery codes, by account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base


class Authenticator(Base):
    """The authenticator application of an account (one at most)."""

    __tablename__ = "authenticators"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The shared secret (base 32)."""
    last_step: Mapped[int]
    """The newest 30-second step whose code was accepted: that one and those before never serve again."""
    added_at: Mapped[datetime]


class RecoveryCode(Base):
    """One printed code, known only by its digest; it serves once."""

    __tablename__ = "recovery_codes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "account_id"),)
