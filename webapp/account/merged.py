"""When two people of the registry turn out to be one, whoever reached either reaches that one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace
from webapp.account.service import give_space
from webapp.beneficiaries.models import Beneficiary


def carry_over(session: Session, now: datetime) -> int:
    """Give each account that reached a left-over person the space of whom they are; return how many were moved.

    A left-over person's own account becomes that of whom they are, unless that one has an account already.
    """
    _carry_accounts(session)
    left_over = session.execute(
        select(
            AccountSpace.account_id,
            AccountSpace.beneficiary_id,
            AccountSpace.role,
            AccountSpace.ends_on,
            Beneficiary.same_as_id,
        )
        .join(Beneficiary, Beneficiary.id == AccountSpace.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None))
    ).all()
    for row in left_over:
        give_space(session, now, row.account_id, row.same_as_id, row.role, ends_on=row.ends_on)
        session.execute(
            delete(AccountSpace).where(
                AccountSpace.account_id == row.account_id, AccountSpace.beneficiary_id == row.beneficiary_id
            )
        )
    return len(left_over)


def _carry_accounts(session: Session) -> None:
    taken = select(Account.beneficiary_id)
    found = session.execute(
        select(Account.id, Beneficiary.same_as_id)
        .join(Beneficiary, Beneficiary.id == Account.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None), Beneficiary.same_as_id.not_in(taken))
        .order_by(Account.id)
    ).all()
    oldest = {row.same_as_id: row.id for row in reversed(found)}
    for person, account_id in oldest.items():
        session.execute(update(Account).where(Account.id == account_id).values(beneficiary_id=person))
