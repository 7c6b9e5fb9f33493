"""Closing a space: what it holds is archived for ten years, or erased after thirty days when that is asked for.

What is erased is up to the features: each registers what it deletes. The decisions themselves stay, sealed: they
prove what a person wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.spaces.models import HealthSpace
from webapp.spaces.receipt_rules import CLOSING, new_reference
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import Decided, keep_decision, move
from webapp.values.clock import paris_day

KEPT_YEARS = 10
REGRET = timedelta(days=30)
"""How long one may change one's mind after asking for an early deletion."""
MAY_CLOSE = frozenset({SpaceState.OPENED, SpaceState.OPENED_AUTOMATICALLY})
AT_ONCE = 200
"""Spaces erased in one transaction; the next sweep takes the next ones."""

Eraser = Callable[[Session, datetime, Sequence[UUID]], None]
_erasers: list[Eraser] = []


def erase_with(act: Eraser) -> None:
    """Have a feature delete what it holds of these people's spaces, in the transaction that erases them."""
    if act not in _erasers:
        _erasers.append(act)


def erasure_day(today: date, *, early: bool) -> date:
    """Return the day on which a space closed today is erased; ten years after 29 February is 28 February."""
    if early:
        return today + REGRET
    try:
        return today.replace(year=today.year + KEPT_YEARS)
    except ValueError:
        return today.replace(year=today.year + KEPT_YEARS, day=28)


def close(session: Session, now: datetime, who: Decided, *, early: bool) -> date:
    """Close a space and return the day of its erasure; raises AlreadyDecided or SpaceFrozen.

    `early`: its deletion was asked for.
    """
    move(session, now, who.beneficiary_id, SpaceState.CLOSED, MAY_CLOSE)
    day = erasure_day(paris_day(now), early=early)
    session.execute(
        update(HealthSpace)
        .where(HealthSpace.beneficiary_id == who.beneficiary_id)
        .values(erase_on=day)
        .execution_options(synchronize_session=False)
    )
    keep_decision(session, now, who, CLOSING, new_reference(), erase_on=day)
    session.flush()
    return day


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
    due = session.scalars(
        select(HealthSpace.beneficiary_id)
        .where(
            HealthSpace.erase_on <= paris_day(now),
            HealthSpace.state == SpaceState.CLOSED,
            HealthSpace.frozen_at.is_(None),
        )
        .order_by(HealthSpace.erase_on, HealthSpace.beneficiary_id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return 0
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
