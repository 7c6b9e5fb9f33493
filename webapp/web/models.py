"""Rows of the web floor: the visit of a browser, and the answers already given to its forms."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base


class VisitRow(Base):
    """What a browser has typed and proven so far, sealed; the cookie holds only a random id."""

    __tablename__ = "visits"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[UUID | None]
    """Who is signed in, so that one can see and end one's sessions; none before a sign-in."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]

    __table_args__ = (Index(None, "last_seen_at"), Index(None, "account_id"))


class GivenAnswer(Base):
    """Where a form led, by browser and by the form's own key: sent twice, it acts once."""

    __tablename__ = "given_answers"

    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    form_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime]

    __table_args__ = (Index(None, "at"),)
