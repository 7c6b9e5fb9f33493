"""When two people of the registry turn out to be one, what was decided for either holds for that one.

Called in the transaction of the import that found it out, so that an opposition is never lost for an instant.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webapp.beneficiaries.models import Beneficiary
from webapp.spaces.models import Decision, HealthSpace
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import hold


def carry_over(session: Session, now: datetime) -> int:
    """Give each left-over person's decisions, and the newer state, to whom they are; return how many were moved.

    Nothing to do is one query. Whoever turns out to be a third person later is followed at that import.
    """
    left_over = session.execute(
        select(HealthSpace.beneficiary_id, HealthSpace.state, HealthSpace.changed_at, Beneficiary.same_as_id)
        .join(Beneficiary, Beneficiary.id == HealthSpace.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None))
        .order_by(HealthSpace.changed_at)
    ).all()
    for row in left_over:
        _move(session, now, row.beneficiary_id, row.same_as_id, SpaceState(row.state), row.changed_at)
    return len(left_over)


def _move(
    session: Session, now: datetime, was: UUID, person: UUID, state: SpaceState, changed_at: datetime
) -> None:
    before = hold(session, now, person)
    newer = HealthSpace.changed_at < changed_at
    mine = update(HealthSpace).where(HealthSpace.beneficiary_id == person)
    if before is SpaceState.KNOWN:
        session.execute(mine.values(state=state, changed_at=changed_at))
    elif state is not SpaceState.KNOWN:
        session.execute(mine.where(newer).values(state=state, changed_at=changed_at))
    session.execute(update(Decision).where(Decision.beneficiary_id == was).values(beneficiary_id=person))
    session.execute(delete(HealthSpace).where(HealthSpace.beneficiary_id == was))
