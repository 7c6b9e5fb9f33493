"""Closing a space: what it holds is archived for ten years, or erased after thirty days when that is asked for.

What is erased is up to the features: each registers what it deletes. The decisions themselves stay, sealed: they
prove what a person wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.spaces.happening import Happening, What, tell
from webapp.spaces.models import HealthSpace
from webapp.spaces.receipt_rules import CLOSING, new_reference
from webapp.spaces.rules import OPEN, SpaceState, erasure_day
from webapp.spaces.service import Decided, hold_for, keep_decision, move
from webapp.values.clock import paris_day

AT_ONCE = 200
"""Spaces erased in one transaction; the next sweep takes the next ones."""

Eraser = Callable[[Session, datetime, Sequence[UUID]], None]
_erasers: list[Eraser] = []
_holders: list[Eraser] = []


def erase_with(act: Eraser, *, first: Eraser | None = None) -> None:
    """Have a feature delete what it holds of these people's spaces, in the transaction that erases them.

    `first` locks what a page locks before a space (its visit): otherwise each would wait for the other for ever.
    """
    if act not in _erasers:
        _erasers.append(act)
    if first is not None and first not in _holders:
        _holders.append(first)


def close(session: Session, now: datetime, who: Decided, *, early: bool) -> date:
    """Close a space and return the day of its erasure; raises AlreadyDecided or SpaceFrozen.

    `early`: its deletion was asked for.
    """
    day = erasure_day(paris_day(now), early=early)
    move(session, now, who.beneficiary_id, SpaceState.CLOSED, OPEN, erase_on=day)
    reference = new_reference()
    keep_decision(session, now, who, CLOSING, reference, erase_on=day)
    child = who.by != "self"
    tell(session, Happening(What.CLOSED, who.beneficiary_id, now, for_child=child, reference=reference))
    session.flush()
    return day


@dataclass(frozen=True)
class Erasure:
    """What becomes of what a closed space holds: the day on which it is erased, early when that was asked for."""

    day: date
    early: bool


def erasure_of(session: Session, beneficiary_id: UUID) -> Erasure | None:
    """Return when what a closed space holds is erased; None when it is not closed, or erased already."""
    row = session.execute(
        select(HealthSpace.changed_at, HealthSpace.erase_on).where(
            HealthSpace.beneficiary_id == beneficiary_id,
            HealthSpace.state == SpaceState.CLOSED,
            HealthSpace.erase_on.is_not(None),
        )
    ).one_or_none()
    return Erasure(row.erase_on, row.erase_on < _latest(row.changed_at)) if row else None


def change_erasure(session: Session, now: datetime, beneficiary_id: UUID, *, early: bool) -> date | None:
    """Ask for the early deletion of a closed space, or take that back; return the new day, None when it is the same.

    Raises AlreadyDecided when it is not closed, SpaceFrozen.
    """
    hold_for(session, now, beneficiary_id, frozenset({SpaceState.CLOSED}))
    stands = erasure_of(session, beneficiary_id)
    if stands is None or stands.early == early:
        return None
    mine = HealthSpace.beneficiary_id == beneficiary_id
    latest = _latest(session.scalars(select(HealthSpace.changed_at).where(mine)).one())
    day = min(erasure_day(paris_day(now), early=True), latest) if early else latest
    change = update(HealthSpace).where(mine).values(erase_on=day)
    session.execute(change.execution_options(synchronize_session=False))
    return day if day != stands.day else None


def _latest(closed_at: datetime) -> date:
    return erasure_day(paris_day(closed_at), early=False)


def record_closed(
    session: Session, now: datetime, beneficiary_id: UUID, *, early: bool, account_id: UUID
) -> None:
    """Write the closing down; last in the transaction, like everything in the journal."""
    about: dict[str, Any] = {"beneficiary_id": beneficiary_id, "account_id": account_id}
    record(session, Event.SPACE_CLOSED, now=now, **about)
    if early:
        record(session, Event.ERASURE_ASKED, now=now, **about)


def erase_due(session: Session, now: datetime) -> int:
    """Erase the closed spaces whose day has come; return how many. Run again, it does nothing."""
    is_due = (
        HealthSpace.erase_on <= paris_day(now),
        HealthSpace.state == SpaceState.CLOSED,
        HealthSpace.frozen_at.is_(None),
    )
    in_order = select(HealthSpace.beneficiary_id).order_by(HealthSpace.erase_on, HealthSpace.beneficiary_id)
    due = session.scalars(in_order.where(*is_due).limit(AT_ONCE)).all()
    if not due:
        return 0
    for hold in _holders:
        hold(session, now, due)
    mine = in_order.where(HealthSpace.beneficiary_id.in_(due), *is_due)
    due = session.scalars(mine.with_for_update(skip_locked=True)).all()  # others changed their mind meanwhile
    for act in _erasers:
        act(session, now, due)
    session.execute(
        update(HealthSpace)
        .where(HealthSpace.beneficiary_id.in_(due))
        .values(erase_on=None)
        .execution_options(synchronize_session=False)
    )
    for beneficiary_id in due:
        record(session, Event.SPACE_ERASED, now=now, beneficiary_id=beneficiary_id)
    return len(due)


def erase_sweep(session: Session, now: datetime) -> None:
    """Do the same as a worker's sweep."""
    erase_due(session, now)
