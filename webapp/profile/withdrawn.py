"""What was taken away from a part of a profile, and what it had said: nothing is lost, and it can be found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, aliased

from webapp.profile.listing import Listed
from webapp.profile.models import ProfileEntry
from webapp.profile.rules import PAGE, Kind
from webapp.profile.service import COLUMNS, Entry, opened


@dataclass(frozen=True)
class Withdrawn:
    """The last thing that an entry said, and who took it away, when."""

    entry: Entry = field(repr=False)
    at: datetime
    account_id: UUID


def withdrawn(
    session: Session, beneficiary_id: UUID, kinds: Collection[Kind], before: UUID | None = None
) -> Listed[Withdrawn]:
    """Read a page of what was taken away, the last first, or what follows the entry `before`. One query."""
    last = aliased(ProfileEntry)
    query = (
        select(*COLUMNS, last.written_at.label("taken_at"), last.account_id.label("taken_by"))
        .join(last, (last.entry_id == ProfileEntry.entry_id) & (last.version == ProfileEntry.version + 1))
        .where(
            last.beneficiary_id == beneficiary_id,
            last.kind.in_(kinds),
            last.superseded_at.is_(None),
            last.removed.is_(True),
        )
        .order_by(last.written_at.desc(), last.entry_id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        moment = (
            select(ProfileEntry.written_at)
            .where(
                ProfileEntry.entry_id == before,
                ProfileEntry.beneficiary_id == beneficiary_id,
                ProfileEntry.removed.is_(True),
            )
            .scalar_subquery()
        )
        query = query.where(tuple_(last.written_at, last.entry_id) < tuple_(moment, before))
    rows = session.execute(query).all()
    shown = [Withdrawn(opened(row), row.taken_at, row.taken_by) for row in rows[:PAGE]]
    return Listed(shown, rows[PAGE - 1].entry_id if len(rows) > PAGE else None)
