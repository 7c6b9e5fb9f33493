"""What a space that is erased takes along: the account of its owner, when it serves for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace
from webapp.account.owner import retire
from webapp.account.service import account, account_of
from webapp.account.telling import tell
from webapp.config import Settings
from webapp.web.models import VisitRow

Eraser = Callable[[Session, datetime, Sequence[UUID]], None]


def hold_visits(session: Session, _now: datetime, people: Sequence[UUID]) -> None:
    """Lock the sessions that may end, as the pages of whoever is signed in lock theirs: before any space."""
    accounts = select(Account.id).where(Account.beneficiary_id.in_(people))
    mine = select(VisitRow.id).where(VisitRow.account_id.in_(accounts)).order_by(VisitRow.id)
    session.execute(mine.with_for_update()).all()


def erasing_accounts(settings: Settings) -> Eraser:
    """Return what deletes the accounts of people whose space is erased.

    Whoever still reaches a child's space keeps the account, without a space of their own. Each account that reached
    an erased space (a child's guardian too) is told at the last address known, which goes with the account.
    """

    def erase(session: Session, now: datetime, people: Sequence[UUID]) -> None:
        for person_id in people:
            reached_from = session.scalars(
                delete(AccountSpace)
                .where(AccountSpace.beneficiary_id == person_id)
                .returning(AccountSpace.account_id)
                .execution_options(synchronize_session=False)
            ).all()
            for account_id in reached_from:
                known = account(session, account_id)
                if known is not None:
                    for_child = known.beneficiary_id != person_id
                    tell(session, now, settings, known, "space-erased", for_child=for_child)
            own = account_of(session, person_id)
            if own is not None and own.id in reached_from and not _reaches_another(session, own.id):
                retire(session, own)

    return erase


def _reaches_another(session: Session, account_id: UUID) -> bool:
    one = select(AccountSpace.beneficiary_id).where(AccountSpace.account_id == account_id).limit(1)
    return session.scalar(one) is not None
