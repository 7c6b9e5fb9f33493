"""Whose an account really is: one made with a child's card was proven by that card's contact, not by its owner's.

Whoever holds the card of a child of sixteen, and the phone that its codes go to, can make an account in the parent's
name. It must never open the parent's own space: when the parent comes, with their own card and another contact, they
choose identifiers of their own, and the former ones serve no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace, SignIn
from webapp.account.service import AccountView
from webapp.account.sessions import end_sessions
from webapp.beneficiaries.service import Contact, cards_of, person


def is_theirs(session: Session, known: AccountView, proven: Contact) -> bool:
    """Say whether its owner has proven this account: it reaches their own space, or has the contact just proven."""
    if _has(known, proven):
        return True
    own = select(AccountSpace.role).where(
        AccountSpace.account_id == known.id, AccountSpace.beneficiary_id == known.beneficiary_id
    )
    return session.scalar(own) == "holder"


def is_theirs_by_number(session: Session, known: AccountView, person_id: UUID) -> bool:
    """Say whether an account has a contact that the insurer knows by this person's own number, not by another's."""
    whose = person(session, person_id)
    own = whose.nir if whose is not None else None
    return own is not None and any(
        card.insured_nir == own and _has(known, card.contact) for card in cards_of(session, person_id)
    )


def _has(known: AccountView, contact: Contact) -> bool:
    return bool(
        (contact.email and contact.email == known.email) or (contact.phone and contact.phone == known.phone)
    )


@dataclass(frozen=True)
class Left:
    """A space that an account reached: as whom, and until which day."""

    beneficiary_id: UUID
    role: str
    ends_on: date | None


def retire(session: Session, known: AccountView) -> list[Left]:
    """Delete an account, its sign-ins, sessions and factors; return the spaces it reached.

    Its id goes with it, so that whoever is signed in to it reaches nothing any more.
    """
    reached = session.execute(
        delete(AccountSpace)
        .where(AccountSpace.account_id == known.id)
        .returning(AccountSpace.beneficiary_id, AccountSpace.role, AccountSpace.ends_on)
        .execution_options(synchronize_session=False)
    ).all()
    for statement in (
        delete(SignIn).where(SignIn.account_id == known.id),
        delete(Account).where(Account.id == known.id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    end_sessions(session, known.id)
    session.expire_all()
    return [Left(row.beneficiary_id, row.role, row.ends_on) for row in reached]
