"""Adding to a medical profile, correcting without losing what it was, and reading it.

Whatever writes first holds the space: raises SpaceFrozen, or AlreadyDecided when it is open no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.db.vault import current_vault
from webapp.profile.models import ProfileEntry
from webapp.profile.rules import ABSENCE, Kind
from webapp.spaces.rules import OPEN
from webapp.spaces.service import hold_for
from webapp.values.clock import paris_day
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal


class ChangedMeanwhile(Refusal):
    """Another version was written since this one was read."""


class NotNone(Refusal):
    """There is something: it cannot be said that there is none."""


@dataclass(frozen=True)
class Entry:
    """One version of an entry; `said` is what it says, by field."""

    entry_id: UUID
    version: int
    kind: Kind
    happened_on: date
    said: dict[str, Any] = field(repr=False)
    account_id: UUID
    written_at: datetime
    removed: bool = False


@dataclass(frozen=True)
class Author:
    """Whose profile it is, and whose account writes."""

    beneficiary_id: UUID
    account_id: UUID


def add(
    session: Session, now: datetime, by: Author, kind: Kind, said: dict[str, Any], on: date | None = None
) -> UUID:
    """Add one entry. What there is takes the place of the statement that there is none.

    Raises NotNone for that statement while there is something; said twice, it stands once.
    """
    hold_for(session, now, by.beneficiary_id, OPEN)
    if kind in ABSENCE.values():
        some = next(one for one, none in ABSENCE.items() if none is kind)
        if current(session, by.beneficiary_id, (some,)):
            raise NotNone
        for one in current(session, by.beneficiary_id, (kind,)):
            return one.entry_id
    entry_id = new_id()
    _write(session, now, by, entry_id, 1, kind, said, on or paris_day(now))
    if kind in ABSENCE:
        for one in current(session, by.beneficiary_id, (ABSENCE[kind],)):
            remove(session, now, by, one.entry_id, one.version)
    return entry_id


def correct(
    session: Session,
    now: datetime,
    by: Author,
    entry_id: UUID,
    version: int,
    said: dict[str, Any],
    on: date | None = None,
) -> None:
    """Write a new version, of the same day unless `on` is given; the one before stays.

    Raises LookupError (not this person's), ChangedMeanwhile.
    """
    hold_for(session, now, by.beneficiary_id, OPEN)
    before = _supersede(session, now, by, entry_id, version)
    _write(session, now, by, entry_id, version + 1, Kind(before.kind), said, on or before.happened_on)


def remove(session: Session, now: datetime, by: Author, entry_id: UUID, version: int) -> None:
    """Take an entry away: a last version that says so. Raises LookupError, ChangedMeanwhile."""
    hold_for(session, now, by.beneficiary_id, OPEN)
    take_away(session, now, by, entry_id, version)


def take_away(session: Session, now: datetime, by: Author, entry_id: UUID, version: int) -> None:
    """Do the same whatever the space's state, for a caller that holds it: what a sweep puts in order is no act."""
    before = _supersede(session, now, by, entry_id, version)
    _write(session, now, by, entry_id, version + 1, Kind(before.kind), {}, before.happened_on, removed=True)


def current(session: Session, beneficiary_id: UUID, kinds: Collection[Kind]) -> list[Entry]:
    """Read the entries that count, the newest first. One query."""
    rows = session.execute(
        select(*COLUMNS)
        .where(
            ProfileEntry.beneficiary_id == beneficiary_id,
            ProfileEntry.kind.in_(kinds),
            ProfileEntry.superseded_at.is_(None),
            ProfileEntry.removed.is_(False),
        )
        .order_by(ProfileEntry.happened_on.desc(), ProfileEntry.entry_id.desc())
    )
    return [opened(row) for row in rows]


def versions(session: Session, beneficiary_id: UUID, entry_id: UUID) -> list[Entry]:
    """Read every version of an entry, the oldest first; empty when it is not this person's."""
    rows = session.execute(
        select(*COLUMNS)
        .where(ProfileEntry.entry_id == entry_id, ProfileEntry.beneficiary_id == beneficiary_id)
        .order_by(ProfileEntry.version)
    )
    return [opened(row) for row in rows]


def everything(session: Session, beneficiary_id: UUID) -> Iterator[Entry]:
    """Read every version of every entry of a person, the oldest first."""
    rows = session.execute(
        select(*COLUMNS)
        .where(ProfileEntry.beneficiary_id == beneficiary_id)
        .order_by(ProfileEntry.written_at, ProfileEntry.id)
        .execution_options(yield_per=200)
    )
    return (opened(row) for row in rows)


COLUMNS = (
    ProfileEntry.id,
    ProfileEntry.entry_id,
    ProfileEntry.version,
    ProfileEntry.kind,
    ProfileEntry.happened_on,
    ProfileEntry.sealed,
    ProfileEntry.account_id,
    ProfileEntry.written_at,
    ProfileEntry.removed,
)


def opened(row: Any) -> Entry:
    """Open a row of `COLUMNS`."""
    said = current_vault().unseal(ProfileEntry.__tablename__, row.id, row.sealed)
    return Entry(
        row.entry_id,
        row.version,
        Kind(row.kind),
        row.happened_on,
        said,
        row.account_id,
        row.written_at,
        row.removed,
    )


def _supersede(session: Session, now: datetime, by: Author, entry_id: UUID, version: int) -> Any:
    mine = (ProfileEntry.entry_id == entry_id, ProfileEntry.beneficiary_id == by.beneficiary_id)
    before = session.execute(
        update(ProfileEntry)
        .where(
            *mine,
            ProfileEntry.version == version,
            ProfileEntry.superseded_at.is_(None),
            ProfileEntry.removed.is_(False),
        )
        .values(superseded_at=now)
        .returning(ProfileEntry.kind, ProfileEntry.happened_on)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if before is None:
        known = session.scalar(select(ProfileEntry.id).where(*mine).limit(1))
        raise ChangedMeanwhile if known else LookupError("no such entry")
    return before


def _write(
    session: Session,
    now: datetime,
    by: Author,
    entry_id: UUID,
    version: int,
    kind: Kind,
    said: dict[str, Any],
    on: date,
    *,
    removed: bool = False,
) -> None:
    row_id = new_id()
    session.add(
        ProfileEntry(
            id=row_id,
            entry_id=entry_id,
            version=version,
            beneficiary_id=by.beneficiary_id,
            kind=kind,
            happened_on=on,
            sealed=current_vault().seal(ProfileEntry.__tablename__, row_id, said),
            account_id=by.account_id,
            written_at=now,
            removed=removed,
        )
    )
    session.flush()
