"""The newest entries of each kind: what a page shows of measures, however many there are."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.profile.models import ProfileEntry
from webapp.profile.rules import Kind
from webapp.profile.service import COLUMNS, Entry, opened


def latest(session: Session, beneficiary_id: UUID, kinds: Collection[Kind], most: int) -> list[Entry]:
    """Read the newest entries that count of each of these kinds, the newest first. One query; no others are opened."""
    order = (ProfileEntry.happened_on.desc(), ProfileEntry.entry_id.desc())
    ranked = (
        select(
            ProfileEntry.id,
            func.row_number().over(partition_by=ProfileEntry.kind, order_by=order).label("place"),
        )
        .where(
            ProfileEntry.beneficiary_id == beneficiary_id,
            ProfileEntry.kind.in_(kinds),
            ProfileEntry.superseded_at.is_(None),
            ProfileEntry.removed.is_(False),
        )
        .subquery()
    )
    rows = session.execute(
        select(*COLUMNS)
        .join(ranked, ranked.c.id == ProfileEntry.id)
        .where(ranked.c.place <= most)
        .order_by(*order)
    )
    return [opened(row) for row in rows]
