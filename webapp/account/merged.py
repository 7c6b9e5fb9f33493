"""When two people of the registry turn out to be one, whoever reached either reaches that one, if they are that one.

Whoever holds a card on which somebody is known without a number can make an account in that person's name, its codes
going to the card's contact: an account like that never opens what the person has under their own number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace
from webapp.account.owner import is_theirs_by_number
from webapp.account.service import account, account_of, give_space
from webapp.account.sessions import end_sessions
from webapp.account.telling import tell
from webapp.beneficiaries.models import Beneficiary
from webapp.config import Settings
from webapp.spaces.merged import leave_to_its_owner
from webapp.web.models import VisitRow

Carry = Callable[[Session, datetime], int]
_HOLDER = "holder"


def hold_visits(session: Session, _now: datetime) -> int:
    """Lock the sessions that may end, before any space, as pages do; return how many. Called first."""
    accounts = (
        select(AccountSpace.account_id)
        .join(Beneficiary, Beneficiary.id == AccountSpace.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None), AccountSpace.role == _HOLDER)
    )
    mine = select(VisitRow.id).where(VisitRow.account_id.in_(accounts)).order_by(VisitRow.id)
    return len(session.execute(mine.with_for_update()).all())


def carrying_over(settings: Settings) -> Carry:
    """Return what gives each account that reached a left-over person the space of whom they are.

    A left-over person's own account becomes that of whom they are when these have none and it has a contact that the
    insurer knows by their own number. Otherwise it enters their space no more, and both are told.
    """

    def carry_over(session: Session, now: datetime) -> int:
        _carry_accounts(session)
        left_over = session.execute(
            select(
                AccountSpace.account_id,
                AccountSpace.beneficiary_id,
                AccountSpace.role,
                AccountSpace.ends_on,
                Beneficiary.same_as_id,
                Account.beneficiary_id.label("whose"),
            )
            .join(Beneficiary, Beneficiary.id == AccountSpace.beneficiary_id)
            .join(Account, Account.id == AccountSpace.account_id)
            .where(Beneficiary.same_as_id.is_not(None))
            .order_by(AccountSpace.account_id, AccountSpace.beneficiary_id)
        ).all()
        for row in left_over:
            session.execute(
                delete(AccountSpace).where(
                    AccountSpace.account_id == row.account_id,
                    AccountSpace.beneficiary_id == row.beneficiary_id,
                )
            )
            if row.role == _HOLDER and row.whose != row.same_as_id:
                _keep_out(session, now, settings, row)
            else:
                give_space(session, now, row.account_id, row.same_as_id, row.role, ends_on=row.ends_on)
        for person in sorted({row.same_as_id for row in left_over if row.role == _HOLDER}):
            _leave_when_alone(session, person)
        return len(left_over)

    return carry_over


def _carry_accounts(session: Session) -> None:
    taken = select(Account.beneficiary_id)
    found = session.execute(
        select(Account.id, Beneficiary.same_as_id)
        .join(Beneficiary, Beneficiary.id == Account.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None), Beneficiary.same_as_id.not_in(taken))
        .order_by(Account.id)
    ).all()
    carried: set[UUID] = set()
    for row in found:
        if row.same_as_id in carried:
            continue
        known = account(session, row.id)
        if known is None or not is_theirs_by_number(session, known, row.same_as_id):
            continue
        carried.add(row.same_as_id)
        session.execute(update(Account).where(Account.id == row.id).values(beneficiary_id=row.same_as_id))


def _keep_out(session: Session, now: datetime, settings: Settings, row: Any) -> None:
    """End what is open of an account that was not proven with its owner's own card; tell it, and the owner."""
    end_sessions(session, row.account_id)
    for known, mine in (
        (account(session, row.account_id), False),
        (account_of(session, row.same_as_id), True),
    ):
        if known is not None:
            tell(session, now, settings, known, "account-set-apart", mine=mine)


def _leave_when_alone(session: Session, person: UUID) -> None:
    reached = select(AccountSpace.account_id).where(AccountSpace.beneficiary_id == person).limit(1)
    if session.scalar(reached) is None:
        leave_to_its_owner(session, person)
