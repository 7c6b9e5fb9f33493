"""When two people of the registry turn out to be one, what was said between guardians holds for that one.

Called in the transaction of the import, after the spaces (a frozen one stays so) and the accounts.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.beneficiaries.models import Beneficiary
from webapp.family.models import Disagreement, SpaceInvitation
from webapp.spaces.service import freeze

_NAMED: tuple[InstrumentedAttribute[object], ...] = (
    SpaceInvitation.beneficiary_id,
    SpaceInvitation.to_person_id,
    Disagreement.beneficiary_id,
    Disagreement.person_id,
)
"""Every reference of these tables to a person."""


def carry_over(session: Session, now: datetime) -> int:
    """Let invitations and disagreements name whom each left-over person is; return how many references were moved.

    A space about which a disagreement stands is frozen, whichever of the two people it was raised about.
    """
    moved = 0
    for column in _NAMED:
        left_over = session.execute(
            select(column, Beneficiary.same_as_id)
            .join(Beneficiary, Beneficiary.id == column)
            .where(Beneficiary.same_as_id.is_not(None))
            .distinct()
        ).all()
        for was, whoever in left_over:
            person = UUID(str(whoever))
            session.execute(
                update(column.class_).where(column == was).values({column.key: person}),
                execution_options={"synchronize_session": False},
            )
            if column is Disagreement.beneficiary_id and session.scalar(
                select(Disagreement.id)
                .where(Disagreement.beneficiary_id == person, Disagreement.withdrawn_at.is_(None))
                .limit(1)
            ):
                freeze(session, now, person, frozen=True)
        moved += len(left_over)
    return moved
