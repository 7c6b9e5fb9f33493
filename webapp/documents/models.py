"""The documents of a space. Their files lie outside the database, sealed, under random names."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base, index_of_some

_KEPT, _BINNED = "deleted_at IS NULL", "deleted_at IS NOT NULL"


class Document(Base):
    """One document of a space."""

    __tablename__ = "documents"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), index=True)
    category: Mapped[str] = mapped_column(String(8))
    dated_on: Mapped[date]
    """The day that it carries, or on which it was added: lists follow it."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Its name."""
    media: Mapped[str] = mapped_column(String(32))
    size: Mapped[int]
    """Bytes of the file once it was cleaned."""
    file: Mapped[str] = mapped_column(String(43), unique=True)
    """The random name of the file; what is in it is sealed for this row."""
    account_id: Mapped[UUID]
    """Who added it."""
    added_at: Mapped[datetime]
    hidden: Mapped[bool] = mapped_column(server_default=false())
    """No professional may see it."""
    deleted_at: Mapped[datetime | None]
    """Since when it lies in the bin."""
    confidential: Mapped[bool] = mapped_column(server_default=false())
    """The holder, a minor, keeps it from their guardians."""

    __table_args__ = tuple(
        index_of_some(f"ix_documents_{name}", *columns, where=where)
        for name, columns, where in (
            ("kept", ("beneficiary_id", "dated_on", "id"), _KEPT),
            ("category", ("beneficiary_id", "category", "dated_on", "id"), _KEPT),
            ("added", ("beneficiary_id", "added_at", "id"), _KEPT),
            ("bin", ("beneficiary_id", "deleted_at", "id"), _BINNED),
            ("due", ("deleted_at",), _BINNED),
        )
    )


class LooseFile(Base):
    """A file that no document holds: one that is being added, or whose document is gone.

    Written down before the file is, so that whatever happens between the two, a worker finds the file and removes it.
    """

    __tablename__ = "loose_files"

    name: Mapped[str] = mapped_column(String(43), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    """From when on a worker removes it."""
