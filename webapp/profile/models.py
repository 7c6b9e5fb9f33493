"""The entries of medical profiles, every version of each, and the first questions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base


class ProfileEntry(Base):
    """One version of one entry. A correction is a new version: the one before stays, with who and when."""

    __tablename__ = "profile_entries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID]
    """The same for all versions of an entry."""
    version: Mapped[int]
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"))
    kind: Mapped[str] = mapped_column(String(24))
    happened_on: Mapped[date]
    """The day that it tells of (a measure's, an illness's first one, else the day it was added): lists follow it."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """What is said."""
    account_id: Mapped[UUID]
    """Who wrote this version."""
    written_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    """When a newer version took its place; null for the one that counts."""
    removed: Mapped[bool] = mapped_column(default=False)
    """This version says that the entry was taken away."""

    __table_args__ = (
        UniqueConstraint("entry_id", "version"),
        Index("ix_profile_entries_list", "beneficiary_id", "kind", "superseded_at", "happened_on"),
    )


class FirstQuestions(Base):
    """How far a person came with the five first questions, so that they are taken up where one stopped."""

    __tablename__ = "first_questions"

    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """What was answered to each, by number: `answered`, `none` or `skipped`."""
    finished_at: Mapped[datetime | None]
    """When all five were answered or skipped."""
