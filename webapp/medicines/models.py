"""The medicines of the public database, and the words by which each is found. Nothing about people."""

from __future__ import annotations

from sqlalchemy import Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base
from webapp.medicines.rules import LONGEST_WORD


def _by_bytes(length: int) -> String:
    """A text in the order of its bytes on both databases: what begins alike is one range of an index."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Medicine(Base):
    """One medicine, as the public database names it."""

    __tablename__ = "medicines"

    cis: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """Its code there (code identifiant de spécialité)."""
    name: Mapped[str] = mapped_column(String(300))
    folded: Mapped[str] = mapped_column(_by_bytes(300))
    """The name without accents, capitals or signs."""
    position: Mapped[int]
    """Its place among all names, numbers taken as numbers."""

    __table_args__ = (Index("ix_medicines_folded", "folded"),)


class MedicineWord(Base):
    """One word of one medicine. Of several with one and the same name, only the first has words."""

    __tablename__ = "medicine_words"

    word: Mapped[str] = mapped_column(_by_bytes(LONGEST_WORD), primary_key=True)
    cis: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(SmallInteger)

    __table_args__ = ({"sqlite_with_rowid": False},)
