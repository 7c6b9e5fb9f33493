"""Closing a space from its account, and opening it again; each in one transaction with the letter that tells it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.account.service import AccountView
from webapp.account.telling import tell
from webapp.beneficiaries.service import cards_of, person
from webapp.config import Settings
from webapp.family.reach import Reached
from webapp.family.rules import Role
from webapp.family.sharing import sharing_accounts
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.spaces import closing
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import Decided, hold_for, last_decision, open_space
from webapp.values.refusal import Refusal


class SharedWithAnother(Refusal):
    """The other guardian has the same rights: one does not decide alone, nor undo what the other one decided."""


def close(
    session: Session, now: datetime, settings: Settings, known: AccountView, space: Reached, *, early: bool
) -> None:
    """Close a space, tell its owner everywhere; raises SharedWithAnother, AlreadyDecided or SpaceFrozen."""
    if _is_shared(session, space):
        raise SharedWithAnother
    day = closing.close(session, now, _decided(session, known, space), early=early)
    child = space.role is Role.GUARDIAN
    tell(session, now, settings, known, "space-closed", for_child=child, erase_on=day)
    closing.record_closed(session, now, space.id, early=early, account_id=known.id)


def reopen(session: Session, now: datetime, settings: Settings, known: AccountView, space: Reached) -> None:
    """Open a closed space again, nothing of it being erased.

    Raises SharedWithAnother when the other guardian closed it, AlreadyDecided or SpaceFrozen.
    """
    hold_for(session, now, space.id, frozenset({SpaceState.CLOSED}))
    _undo_only_ones_own(session, known, space)
    tell(session, now, settings, known, "space-reopened", for_child=space.role is Role.GUARDIAN)
    session.flush()
    open_space(session, now, _decided(session, known, space), now)


def change_erasure(
    session: Session, now: datetime, settings: Settings, known: AccountView, space: Reached, *, early: bool
) -> None:
    """Ask for the deletion of what a closed space holds, or take that back, and tell its owner.

    The same choice again tells nobody. Raises SharedWithAnother, AlreadyDecided or SpaceFrozen.
    """
    hold_for(session, now, space.id, frozenset({SpaceState.CLOSED}))
    _undo_only_ones_own(session, known, space)
    day = closing.change_erasure(session, now, space.id, early=early)
    if day is None:
        return
    kind = "erasure-asked" if early else "erasure-cancelled"
    tell(session, now, settings, known, kind, for_child=space.role is Role.GUARDIAN, erase_on=day)
    event = Event.ERASURE_ASKED if early else Event.ERASURE_CANCELLED
    record(session, event, now=now, beneficiary_id=space.id, account_id=known.id)


def may_decide(session: Session, known: AccountView, space: Reached) -> bool:
    """Say beforehand whether this account can close the space, or undo its closing: no page promises it in vain."""
    if space.frozen:
        return False
    if not _is_shared(session, space):
        return True
    return space.state is SpaceState.CLOSED and _is_ones_own(session, known, space)


def _is_shared(session: Session, space: Reached) -> bool:
    return space.role is Role.GUARDIAN and len(sharing_accounts(session, space.id)) > 1


def _is_ones_own(session: Session, known: AccountView, space: Reached) -> bool:
    last = last_decision(session, space.id)
    return last is not None and last.insured_nir == _decided(session, known, space).insured_nir


def _undo_only_ones_own(session: Session, known: AccountView, space: Reached) -> None:
    """Let a guardian undo their own decision about a shared space, never the other one's."""
    if _is_shared(session, space) and not _is_ones_own(session, known, space):
        raise SharedWithAnother


def _decided(session: Session, known: AccountView, space: Reached) -> Decided:
    """Say who decides, by which number: the holder's own, or that of their card."""
    holder = person(session, known.beneficiary_id)
    number = holder.nir if holder else None
    if not number:
        number = next((card.insured_nir for card in cards_of(session, known.beneficiary_id)), "")
    return Decided(space.id, space.name, number, "self" if space.role is Role.HOLDER else "guardian")
