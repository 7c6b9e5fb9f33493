"""Reading a profile a few entries at a time: a page of a part, the newest of each, what a plot draws."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    func,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from webapp.db.vault import current_vault
from webapp.db.work import run
from webapp.profile.models import ProfileEntry
from webapp.profile.rules import PAGE, Kind
from webapp.profile.service import COLUMNS, Entry, opened

T = TypeVar("T")


@dataclass(frozen=True)
class Listed(Generic[T]):
    """Some entries of a part, the newest first; `older`: the entry to go on from, None at the end."""

    entries: list[T]
    older: UUID | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure: no more than a table and a plot need, for there may be thousands."""

    entry_id: UUID
    day: date
    said: dict[str, Any]


_LIGHT = (ProfileEntry.id, ProfileEntry.entry_id, ProfileEntry.happened_on, ProfileEntry.sealed)


def latest(
    session: Session, beneficiary_id: UUID, kinds: Collection[Kind], n: int
) -> dict[Kind, list[Entry]]:
    """Read the `n` newest entries of each kind, the newest first. One query, whatever the profile holds.

    A kind of which there is nothing is not in the answer.
    """
    found: dict[Kind, list[Entry]] = {}
    for row in run(session, _latest(tuple(sorted(kinds)), n), who=beneficiary_id):
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
    session: Session, beneficiary_id: UUID, kinds: Collection[Kind], before: UUID | None = None
) -> Listed[Entry]:
    """Read a page of entries that stand after the entry `before` (None: the newest). One query."""
    rows = session.execute(
        _after(_newest_first(beneficiary_id, kinds), beneficiary_id, kinds, before, PAGE)
    ).all()
    return Listed([opened(row) for row in rows[:PAGE]], rows[PAGE - 1].entry_id if len(rows) > PAGE else None)


def readings(
    session: Session, beneficiary_id: UUID, kind: Kind, before: UUID | None = None, size: int | None = None
) -> Listed[Reading]:
    """Read the measures of a kind in the same way; without a size, all of them. One query."""
    query = _newest_first(beneficiary_id, (kind,), _LIGHT)
    rows = session.execute(_after(query, beneficiary_id, (kind,), before, size)).all()
    vault, table = current_vault(), ProfileEntry.__tablename__
    shown = rows[:size]
    found = [Reading(row.entry_id, row.happened_on, vault.unseal(table, row.id, row.sealed)) for row in shown]
    return Listed(found, shown[-1].entry_id if len(rows) > len(shown) else None)


def stands(session: Session, beneficiary_id: UUID, kinds: Collection[Kind], entry_id: UUID) -> bool:
    """Say whether an entry is one of these kinds, and of this person; it may have been taken away since."""
    query = select(ProfileEntry.id).where(*_last_version(beneficiary_id, kinds, entry_id))
    return session.scalar(query) is not None


def _counting(beneficiary_id: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the condition on what counts today of a person."""
    return (
        ProfileEntry.beneficiary_id == beneficiary_id,
        ProfileEntry.superseded_at.is_(None),
        ProfileEntry.removed.is_(False),
    )


def _last_version(
    beneficiary_id: UUID, kinds: Collection[Kind], entry_id: UUID
) -> tuple[ColumnElement[bool], ...]:
    return (
        ProfileEntry.entry_id == entry_id,
        ProfileEntry.beneficiary_id == beneficiary_id,
        ProfileEntry.kind.in_(kinds),
        ProfileEntry.superseded_at.is_(None),
    )


def _newest_first(
    beneficiary_id: Any, kinds: Collection[Kind], columns: tuple[Any, ...] = COLUMNS
) -> Select[*tuple[Any, ...]]:
    one = len(kinds) == 1  # by equality, the index gives them in order
    of_kind = ProfileEntry.kind == next(iter(kinds)) if one else ProfileEntry.kind.in_(kinds)
    return (
        select(*columns)
        .where(*_counting(beneficiary_id), of_kind)
        .order_by(ProfileEntry.happened_on.desc(), ProfileEntry.entry_id.desc())
    )


def _after(
    query: Select[*tuple[Any, ...]],
    beneficiary_id: UUID,
    kinds: Collection[Kind],
    before: UUID | None,
    size: int | None,
) -> Select[*tuple[Any, ...]]:
    """Go on after an entry, and read one more than `size` to know whether there is another page.

    One that was taken away meanwhile keeps its place: its last version has its day.
    """
    if size is not None:
        query = query.limit(size + 1)
    if before is None:
        return query
    at = (
        select(ProfileEntry.happened_on)
        .where(*_last_version(beneficiary_id, kinds, before))
        .scalar_subquery()
    )
    return query.where(
        ProfileEntry.happened_on <= at,  # what the index is searched by
        tuple_(ProfileEntry.happened_on, ProfileEntry.entry_id) < tuple_(at, before),
    )


@cache
def _latest(kinds: tuple[Kind, ...], n: int) -> CompoundSelect[*tuple[Any, ...]]:
    """One branch a kind, each by the index; built once, for that takes longer than to run it."""
    each = (_newest_first(bindparam("who"), (kind,)).limit(n).subquery() for kind in kinds)
    return union_all(*(select(one) for one in each))
