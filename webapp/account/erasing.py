"""What a space that is erased takes along: the account of its owner, when it serves for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, or_, select
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace
from webapp.account.owner import retire
from webapp.account.service import account
from webapp.account.telling import tell
from webapp.beneficiaries.models import Beneficiary
from webapp.config import Settings
from webapp.spaces.models import HealthSpace
from webapp.spaces.rules import SpaceState
from webapp.web.models import VisitRow

Eraser = Callable[[Session, datetime, Sequence[UUID]], None]
_HOLDER = "holder"


def hold_visits(session: Session, _now: datetime, people: Sequence[UUID]) -> None:
    """Lock the sessions that may end, as the pages of whoever is signed in lock theirs: before any space."""
    hold_visits_of(session, select(Account.id).where(or_(_made_for(people), _reaching(people))))


def hold_visits_of(session: Session, accounts: Select[UUID]) -> None:
    """Do the same for these accounts."""
    mine = select(VisitRow.id).where(VisitRow.account_id.in_(accounts)).order_by(VisitRow.id)
    session.execute(mine.with_for_update()).all()


def erasing_accounts(settings: Settings) -> Eraser:
    """Return what deletes the accounts of people whose space is erased.

    Whoever still reaches a child's space keeps the account, without a space of their own. Each account that reached
    an erased space (a child's guardian too) is told at the last address known, which goes with the account. A person
    who was known twice may have two accounts: both go.
    """

    def erase(session: Session, now: datetime, people: Sequence[UUID]) -> None:
        for person_id in people:
            theirs = session.scalars(
                select(Account.id)
                .where(or_(_made_for([person_id]), _reaching([person_id])))
                .order_by(Account.id)
            ).all()
            reached_from = session.execute(
                delete(AccountSpace)
                .where(AccountSpace.beneficiary_id == person_id)
                .returning(AccountSpace.account_id, AccountSpace.role)
                .execution_options(synchronize_session=False)
            ).all()
            told = {row.account_id for row in reached_from}
            for row in reached_from:
                known = account(session, row.account_id)
                if known is not None:
                    tell(session, now, settings, known, "space-erased", for_child=row.role != _HOLDER)
            for account_id in theirs:
                known = account(session, account_id)
                if known is None or _reaches_another(session, account_id):
                    continue
                if account_id not in told:
                    tell(session, now, settings, known, "account-erased")
                retire(session, known)

    return erase


def retire_idle(session: Session, now: datetime, settings: Settings, accounts: Iterable[UUID]) -> int:
    """Delete those of these accounts that reach nothing any more and whose own space was erased; count them.

    They were kept for a child. Each is told at the last address known, which goes with it. The caller holds their
    sessions.
    """
    retired = 0
    for account_id in sorted(accounts):
        known = account(session, account_id)
        if known is None or _reaches_another(session, account_id):
            continue
        if session.scalar(_erased(known.beneficiary_id)) is None:
            continue
        tell(session, now, settings, known, "account-erased")
        retire(session, known)
        retired += 1
    return retired


def _made_for(people: Sequence[UUID]) -> ColumnElement[bool]:
    """The accounts of these people, and of whoever turned out to be one of them."""
    same = select(Beneficiary.id).where(Beneficiary.same_as_id.in_(people))
    return or_(Account.beneficiary_id.in_(people), Account.beneficiary_id.in_(same))


def _reaching(people: Sequence[UUID]) -> ColumnElement[bool]:
    """The accounts that reach these spaces as their holder's."""
    reaching = select(AccountSpace.account_id).where(
        AccountSpace.beneficiary_id.in_(people), AccountSpace.role == _HOLDER
    )
    return Account.id.in_(reaching)


def _erased(person_id: UUID) -> Select[UUID]:
    """Find the space of whom a person is, when it was closed and its day has passed."""
    who = select(func.coalesce(Beneficiary.same_as_id, Beneficiary.id)).where(Beneficiary.id == person_id)
    return select(HealthSpace.beneficiary_id).where(
        HealthSpace.beneficiary_id == who.scalar_subquery(),
        HealthSpace.state == SpaceState.CLOSED,
        HealthSpace.erase_on.is_(None),
    )


def _reaches_another(session: Session, account_id: UUID) -> bool:
    one = select(AccountSpace.beneficiary_id).where(AccountSpace.account_id == account_id).limit(1)
    return session.scalar(one) is not None
