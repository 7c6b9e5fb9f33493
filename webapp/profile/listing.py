"""Reading a profile a few entries at a time: a page of a part, the newest of each, what a plot draws."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_, union_all
from sqlalchemy.orm import Session

from webapp.profile.models import ProfileEntry
from webapp.profile.rules import PAGE, Kind
from webapp.profile.service import COLUMNS, Entry, opened


@dataclass(frozen=True)
class Listed:
    """Some entries of a part, the newest first; `older`: the entry to go on from, None at the end."""

    entries: list[Entry]
    older: UUID | None


def latest(
    session: Session, beneficiary_id: UUID, kinds: Collection[Kind], n: int
) -> dict[Kind, list[Entry]]:
    """Read the `n` newest entries of each kind, the newest first. One query, whatever the profile holds.

    A kind of which there is nothing is not in the answer.
    """
    found: dict[Kind, list[Entry]] = {}
    each = (_newest_first(beneficiary_id, (kind,)).limit(n).subquery() for kind in sorted(kinds))
    for row in session.execute(union_all(*(select(one) for one in each))):
        found.setdefault(Kind(row.kind), []).append(opened(row))
    return found


def counts(session: Session, beneficiary_id: UUID, kinds: Collection[Kind]) -> dict[Kind, int]:
    """Count the entries that count of each kind. One query."""
    rows = session.execute(
        select(ProfileEntry.kind, func.count())
        .where(*_counting(beneficiary_id), ProfileEntry.kind.in_(kinds))
        .group_by(ProfileEntry.kind)
    )
    return {Kind(kind): count for kind, count in rows}


def page(
    session: Session,
    beneficiary_id: UUID,
    kinds: Collection[Kind],
    before: UUID | None = None,
    size: int = PAGE,
) -> Listed:
    """Read entries of a part that stand after the entry `before` (None: the newest). One query."""
    query = _newest_first(beneficiary_id, kinds).limit(size + 1)
    if before is not None:
        at = (
            select(ProfileEntry.happened_on)
            .where(ProfileEntry.entry_id == before, *_counting(beneficiary_id), ProfileEntry.kind.in_(kinds))
            .scalar_subquery()
        )
        query = query.where(
            ProfileEntry.happened_on <= at,  # what the index is searched by
            tuple_(ProfileEntry.happened_on, ProfileEntry.entry_id) < tuple_(at, before),
        )
    rows = session.execute(query).all()
    return Listed([opened(row) for row in rows[:size]], rows[size - 1].entry_id if len(rows) > size else None)


def stands(session: Session, beneficiary_id: UUID, kinds: Collection[Kind], entry_id: UUID) -> bool:
    """Say whether an entry is one of these kinds, of this person, and counts."""
    query = select(ProfileEntry.id).where(
        ProfileEntry.entry_id == entry_id, *_counting(beneficiary_id), ProfileEntry.kind.in_(kinds)
    )
    return session.scalar(query) is not None


def _counting(beneficiary_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Return the condition on what counts today of a person."""
    return (
        ProfileEntry.beneficiary_id == beneficiary_id,
        ProfileEntry.superseded_at.is_(None),
        ProfileEntry.removed.is_(False),
    )


def _newest_first(beneficiary_id: UUID, kinds: Collection[Kind]) -> Select[*tuple[Any, ...]]:
    one = len(kinds) == 1  # by equality, the index gives them in order
    of_kind = ProfileEntry.kind == next(iter(kinds)) if one else ProfileEntry.kind.in_(kinds)
    return (
        select(*COLUMNS)
        .where(*_counting(beneficiary_id), of_kind)
        .order_by(ProfileEntry.happened_on.desc(), ProfileEntry.entry_id.desc())
    )
