"""Who wrote what: the names behind accounts, for those who share a space."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.account.models import Account
from webapp.beneficiaries.models import Beneficiary
from webapp.beneficiaries.service import read_person

MINE, SOMEBODY = "par moi", "par un autre compte"
"""The second of an account that is there no more."""


def by_whom(session: Session, me: UUID, account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return "par moi", "par Yann Hautcourtil" for each account. One query, or none when all are mine."""
    asked = set(account_ids)
    others = asked - {me}
    said = dict.fromkeys(asked, SOMEBODY) | {me: MINE}
    if not others:
        return said
    rows = session.execute(
        select(Account.id, Beneficiary.id.label("person_id"), Beneficiary.sealed)
        .join(Beneficiary, Beneficiary.id == Account.beneficiary_id)
        .where(Account.id.in_(others))
    )
    return said | {row.id: f"par {read_person(row.person_id, row.sealed).display_name}" for row in rows}
