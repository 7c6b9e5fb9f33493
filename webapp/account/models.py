"""Accounts, the spaces each reaches, and sign-ins under way."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, String, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base, index_of_some


class Account(Base):
    """Whoever signs in. It belongs to one beneficiary, and needs no space of its own (a guardian's)."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), unique=True)
    identifier_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    password_hash: Mapped[str] = mapped_column(String(128))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Identifier, e-mail, phone, language of letters, and the notices that were declined."""
    terms_version: Mapped[str] = mapped_column(String(32))
    terms_accepted_at: Mapped[datetime]
    created_at: Mapped[datetime]


_NO_DAY = "role = 'guardian' AND ends_on IS NULL"
"""The few rows whose day of majority is still to be found: not to be looked for among all."""
HOLDER: ColumnElement[str] = literal_column("'holder'")
"""A role for queries of every page, not bound: SQLite plans anew, each time, what binds a value of a partial index."""


class AccountSpace(Base):
    """A space that an account reaches: the holder's own, or a child's as its guardian."""

    __tablename__ = "account_spaces"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime]
    ends_on: Mapped[date | None]
    """For a guardian of a minor: the day of majority, on which the space is handed over."""

    __table_args__ = (
        Index(None, "beneficiary_id"),
        Index(None, "ends_on"),
        index_of_some("ix_account_spaces_without_day", "account_id", where=_NO_DAY),
    )


class SignIn(Base):
    """An access code that is awaited: of a sign-in whose password was right, or to prove a new address."""

    __tablename__ = "sign_ins"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    purpose: Mapped[str] = mapped_column(String(16), server_default="sign-in")
    """What the code is for: one asked for a purpose serves no other (`Purpose`)."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The secret of this sign-in's codes, and where they go."""
    sends: Mapped[int]
    """How many codes were sent: the counter of the newest one; older ones are dead."""
    expires_at: Mapped[datetime]
    tries_left: Mapped[int]
    used_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "account_id", "expires_at"), Index(None, "expires_at"))
