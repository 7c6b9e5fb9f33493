"""One counter for each limited thing, under a blind index: the row says nothing of whom it counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base


class Counter(Base):
    """How many times something happened since `started_at`; starts anew when its window has passed."""

    __tablename__ = "counters"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    count: Mapped[int]
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]

    __table_args__ = (Index(None, "last_at"),)
