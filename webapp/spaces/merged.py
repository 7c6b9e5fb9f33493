"""When two people of the registry turn out to be one, what was decided for either holds for that one.

Called in the transaction of the import that found it out, so that an opposition is never lost for an instant.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webapp.beneficiaries.models import Beneficiary
from webapp.spaces.models import Decision, HealthSpace
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import hold

_CARRIED = (HealthSpace.state, HealthSpace.changed_at, HealthSpace.erase_on)
"""What goes together: a closed space is erased on its day, an open one never."""


def carry_over(session: Session, now: datetime) -> int:
    """Give each left-over person's decisions, and the newer state, to whom they are; return how many were moved.

    Nothing to do is one query. Whoever turns out to be a third person later is followed at that import.
    """
    left_over = session.execute(
        select(*_CARRIED, HealthSpace.beneficiary_id, Beneficiary.same_as_id)
        .join(Beneficiary, Beneficiary.id == HealthSpace.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None))
        .order_by(HealthSpace.changed_at)
    ).all()
    for row in left_over:
        _move(session, now, row)
    return len(left_over)


def leave_to_its_owner(session: Session, person: UUID) -> None:
    """A space that was opened from an account that enters it no more: its owner opens it, or says no, with a code."""
    session.execute(
        update(HealthSpace)
        .where(HealthSpace.beneficiary_id == person, HealthSpace.state == SpaceState.OPENED)
        .values(state=SpaceState.OPENED_AUTOMATICALLY)
        .execution_options(synchronize_session=False)
    )


def _move(session: Session, now: datetime, row: Any) -> None:
    person: UUID = row.same_as_id
    before = hold(session, now, person)
    mine = update(HealthSpace).where(HealthSpace.beneficiary_id == person)
    carried = {name: getattr(row, name) for name in ("state", "changed_at", "erase_on")}
    if before is SpaceState.KNOWN:
        session.execute(mine.values(carried))
    elif row.state != SpaceState.KNOWN:
        session.execute(mine.where(HealthSpace.changed_at < row.changed_at).values(carried))
    was = row.beneficiary_id
    session.execute(update(Decision).where(Decision.beneficiary_id == was).values(beneficiary_id=person))
    session.execute(delete(HealthSpace).where(HealthSpace.beneficiary_id == was))
