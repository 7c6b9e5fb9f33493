"""Closing a space from its account, and opening it again; each in one transaction with the letter that tells it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.account.service import AccountView
from webapp.account.telling import tell
from webapp.beneficiaries.service import cards_of, person
from webapp.config import Settings
from webapp.family.disagreeing import disagree
from webapp.family.reach import Reached
from webapp.family.rules import Role
from webapp.family.sharing import sharing_accounts
from webapp.spaces import closing
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import Decided, hold_for, open_space
from webapp.values.refusal import Refusal


class SharedWithAnother(Refusal):
    """The other guardian has the same rights: one does not close it alone, and the disagreement is written down."""


def close(
    session: Session, now: datetime, settings: Settings, known: AccountView, space: Reached, *, early: bool
) -> None:
    """Close a space, tell its owner everywhere; raises SharedWithAnother, AlreadyDecided or SpaceFrozen."""
    if space.role is Role.GUARDIAN and len(sharing_accounts(session, space.id)) > 1:
        disagree(session, now, settings, known, space.id)
        raise SharedWithAnother
    day = closing.close(session, now, _decided(session, known, space), early=early)
    child = space.role is Role.GUARDIAN
    tell(session, now, settings, known, "space-closed", for_child=child, erase_on=day)
    closing.record_closed(session, now, space.id, early=early, account_id=known.id)


def reopen(session: Session, now: datetime, settings: Settings, known: AccountView, space: Reached) -> None:
    """Open a closed space again, nothing of it being erased; raises AlreadyDecided or SpaceFrozen."""
    hold_for(session, now, space.id, frozenset({SpaceState.CLOSED}))
    tell(session, now, settings, known, "space-reopened", for_child=space.role is Role.GUARDIAN)
    session.flush()
    open_space(session, now, _decided(session, known, space), now)


def _decided(session: Session, known: AccountView, space: Reached) -> Decided:
    """Say who decides, by which number: the holder's own, or that of their card."""
    holder = person(session, known.beneficiary_id)
    number = holder.nir if holder else None
    if not number:
        number = next((card.insured_nir for card in cards_of(session, known.beneficiary_id)), "")
    return Decided(space.id, space.name, number, "self" if space.role is Role.HOLDER else "guardian")
