"""The journal's entries and its head, which holds what the last entry must be."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base

Count = BigInteger().with_variant(Integer, "sqlite")


class JournalEntry(Base):
    """One event. `seq` has no gap; `mac` covers this entry and the mac of the one before."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(Count, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(40))
    beneficiary_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Facts of the event, encrypted; bound to UUID(int=seq)."""
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))

    __table_args__ = (Index(None, "beneficiary_id", "seq"), Index(None, "account_id", "seq"))


class JournalHead(Base):
    """The one row that says how many entries there are; locked while one is appended."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    length: Mapped[int] = mapped_column(Count)
    last_mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
