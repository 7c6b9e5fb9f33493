"""Deciding (J5): an opposition and its letter, an opening and its account; each in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account.owner import is_theirs, retire
from webapp.account.service import (
    AccountView,
    NewAccount,
    account_of,
    create_account,
    give_space,
)
from webapp.activation.people import Subject
from webapp.beneficiaries.service import Person, holder_of
from webapp.config import Settings
from webapp.family.disagreeing import declare
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter
from webapp.spaces import service as spaces
from webapp.spaces.rules import TERMS_VERSION
from webapp.spaces.service import Decided
from webapp.values.ages import majority_day
from webapp.values.refusal import Refusal


class OtherGuardianDecided(Refusal):
    """Another legal representative decided otherwise for this child: the disagreement is recorded (it is committed)."""


def oppose(session: Session, now: datetime, settings: Settings, who: Subject) -> str:
    """Record an opposition, tell the person (by e-mail, else by SMS), return the receipt's reference.

    Raises OtherGuardianDecided, AlreadyDecided or SpaceFrozen.
    """
    _agree(session, now, settings, who, "opposition")
    reference = spaces.oppose(session, now, _decided(who, "self" if not who.minor else "guardian"))
    _tell(session, now, settings, who, "opposition-recorded")
    return reference


def guardian_of(session: Session, who: Subject) -> Person | None:
    """Return the holder of the card's number, when the registry knows them: whose account opens a child's space."""
    return holder_of(session, who.card.insured_index)


def make_account(
    session: Session,
    now: datetime,
    holder: Person,
    who: Subject,
    *,
    identifier: str,
    password_hash: str,
    accepted_at: datetime,
) -> UUID:
    """Create the account of `holder`, its codes going to the contact of the card that was proven.

    Whoever comes with their own card takes the place of an account that was made in their name with a child's.
    """
    spaces.hold(session, now, who.person.id)
    new = NewAccount(
        beneficiary_id=holder.id,
        identifier=identifier,
        password_hash=password_hash,
        email=who.card.contact.email,
        phone=who.card.contact.phone,
        terms_version=TERMS_VERSION,
        terms_accepted_at=accepted_at,
    )
    former = account_of(session, holder.id) if holder.id == who.person.id else None
    if former is None or is_theirs(session, former, who.card.contact):
        return create_account(session, now, new)
    with session.begin_nested():  # an identifier that is taken leaves the former account as it was
        reached = retire(session, former)
        account_id = create_account(session, now, new)
        for one in reached:
            give_space(session, now, account_id, one.beneficiary_id, one.role, ends_on=one.ends_on)
    return account_id


def open_own(
    session: Session, now: datetime, settings: Settings, who: Subject, account_id: UUID, accepted_at: datetime
) -> None:
    """Open a person's own space, reached from their account, and tell them."""
    spaces.open_space(session, now, _decided(who, "self"), accepted_at)
    give_space(session, now, account_id, who.person.id, "holder")
    _tell(session, now, settings, who, "space-opened")


def open_child(
    session: Session, now: datetime, settings: Settings, who: Subject, account_id: UUID, accepted_at: datetime
) -> None:
    """Open a child's space, reached from the guardian's account, and tell the contact on file.

    Raises OtherGuardianDecided, AlreadyDecided or SpaceFrozen.
    """
    _agree(session, now, settings, who, "opening")
    spaces.open_space(session, now, _decided(who, "guardian"), accepted_at)
    give_space(
        session, now, account_id, who.person.id, "guardian", ends_on=majority_day(who.person.birth_date)
    )
    _tell(session, now, settings, who, "space-opened")


def account_for(session: Session, who: Subject) -> AccountView | None:
    """Return the account that a person has already and has proven, by its contact or by their own space."""
    known = account_of(session, who.person.id)
    return known if known is not None and is_theirs(session, known, who.card.contact) else None


def was_handed_over(session: Session, who: Subject) -> bool:
    """Say whether a space that nobody reaches was opened by guardians, before its holder came of age."""
    last = None if who.minor else spaces.last_decision(session, who.person.id)
    return last is not None and last.kind == "opening"


def _agree(session: Session, now: datetime, settings: Settings, who: Subject, kind: str) -> None:
    """Let a guardian undo their own decision, never the other one's: that is a disagreement, and freezes the space."""
    if not who.minor:
        return
    spaces.hold(session, now, who.person.id)
    last = spaces.last_decision(session, who.person.id)
    if last is None or last.kind == kind or last.insured_nir == who.card.insured_nir:
        return
    by = guardian_of(session, who)
    if by is not None:
        declare(session, now, settings, who.person.id, by.id)
    raise OtherGuardianDecided


def _decided(who: Subject, by: str) -> Decided:
    return Decided(who.person.id, who.name, who.card.insured_nir, by)


def _tell(session: Session, now: datetime, settings: Settings, who: Subject, kind: str) -> None:
    facts: dict[str, Any] = {"name": who.person.first_name, "for_child": who.minor, "at": now}
    if kind == "space-opened":
        facts["sign_in_url"] = f"{settings.public_url}/connexion"
    letter = render_letter(kind, settings, **facts)
    for channel, address in (("email", who.card.contact.email), ("sms", who.card.contact.phone)):
        if address and (channel == "email" or not who.card.contact.email):
            put(session, letter, Destination(channel, address), now, about=who.person.id)
