"""When two people of the registry turn out to be one, the documents of either are that one's."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.beneficiaries.models import Beneficiary
from webapp.documents.models import Document


def carry_over(session: Session, _now: datetime) -> int:
    """Give each left-over person's documents to whom they are; return how many people had any."""
    left_over = session.execute(
        select(Document.beneficiary_id, Beneficiary.same_as_id)
        .join(Beneficiary, Beneficiary.id == Document.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None))
        .distinct()
    ).all()
    for was, whoever in left_over:
        session.execute(
            update(Document).where(Document.beneficiary_id == was).values(beneficiary_id=UUID(str(whoever))),
            execution_options={"synchronize_session": False},
        )
    return len(left_over)
