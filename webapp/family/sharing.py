"""Sharing a child's space: one guardian invites the other legal representative whom the registry names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace
from webapp.account.service import AccountView, account, account_of, give_space
from webapp.account.telling import tell
from webapp.beneficiaries.models import Beneficiary
from webapp.beneficiaries.service import Person, cards_of, guardian_is, guardians_of, nir_index, people
from webapp.config import Settings
from webapp.family.models import SpaceInvitation
from webapp.family.reach import family_of
from webapp.family.rules import INVITATION_LIFE, Answer, Role
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits.rules import INVITATIONS
from webapp.limits.service import add_within
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter
from webapp.spaces.service import hold
from webapp.values.ages import majority_day
from webapp.values.clock import paris_day
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal


class CannotInvite(Refusal):
    """Not a child of this account, not a legal representative, or the space is shared with them already."""


class AlreadyInvited(Refusal):
    """An invitation to this person still waits for its answer."""


class InvitationOver(Refusal):
    """It was answered, withdrawn, has expired, or is for somebody else."""


@dataclass(frozen=True)
class Invitation:
    """One invitation that waits for an answer."""

    id: UUID
    child: Person = field(repr=False)
    sender: str = field(repr=False)
    to_person_id: UUID
    expires_at: datetime


@dataclass(frozen=True)
class OtherGuardian:
    """Another legal representative of a child: whether they share the space, or were invited until when."""

    person: Person = field(repr=False)
    shares: bool
    invitation: Invitation | None


def other_guardians(session: Session, child_id: UUID, own_id: UUID, now: datetime) -> list[OtherGuardian]:
    """List a child's other legal representatives whom the registry knows by their number. Five queries."""
    indexes = guardians_of(session, child_id)
    ids = set(session.scalars(select(Beneficiary.id).where(Beneficiary.nir_index.in_(indexes)))) - {own_id}
    if not ids:
        return []
    sharing = set(sharing_accounts(session, child_id).values())
    waiting = {one.to_person_id: one for one in invitations(session, now, child_id=child_id)}
    return [
        OtherGuardian(one, one.id in sharing, waiting.get(one.id))
        for one in sorted(people(session, ids).values(), key=lambda one: (one.birth_date, one.id))
    ]


def sharing_accounts(session: Session, child_id: UUID) -> dict[UUID, UUID]:
    """Return the accounts that reach a child's space as a guardian's: account id → its holder's id."""
    rows = session.execute(
        select(Account.id, Account.beneficiary_id)
        .join(AccountSpace, AccountSpace.account_id == Account.id)
        .where(AccountSpace.beneficiary_id == child_id, AccountSpace.role == Role.GUARDIAN)
    )
    return {row.id: row.beneficiary_id for row in rows}


def invitations(
    session: Session, now: datetime, *, child_id: UUID | None = None, to_person_id: UUID | None = None
) -> list[Invitation]:
    """List the invitations that wait for an answer, about a child or for a person, the oldest first."""
    wanted = [SpaceInvitation.expires_at > now, SpaceInvitation.answered_at.is_(None)]
    if child_id is not None:
        wanted.append(SpaceInvitation.beneficiary_id == child_id)
    if to_person_id is not None:
        wanted.append(SpaceInvitation.to_person_id == to_person_id)
    rows = session.execute(
        select(SpaceInvitation, Account.beneficiary_id.label("sender_id"))
        .join(Account, Account.id == SpaceInvitation.from_account_id)
        .where(*wanted)
        .order_by(SpaceInvitation.sent_at)
    ).all()
    known = people(session, {id_ for row in rows for id_ in (row[0].beneficiary_id, row.sender_id)})
    return [
        Invitation(
            row[0].id,
            known[row[0].beneficiary_id],
            known[row.sender_id].first_name,
            row[0].to_person_id,
            row[0].expires_at,
        )
        for row in rows
    ]


def invite(
    session: Session, now: datetime, settings: Settings, known: AccountView, child_id: UUID, to_id: UUID
) -> None:
    """Invite another legal representative, and write to them; raises CannotInvite, AlreadyInvited, TooMany."""
    add_within(session, INVITATIONS, str(known.id), now)
    family = family_of(session, known.id, paris_day(now))
    child = family.child(child_id) if family else None
    if family is None or child is None or not child.is_open:
        raise CannotInvite
    hold(session, now, child_id)
    other = next(
        (one for one in other_guardians(session, child_id, family.own.id, now) if one.person.id == to_id),
        None,
    )
    if other is None or other.shares:
        raise CannotInvite
    if other.invitation is not None:
        raise AlreadyInvited
    session.add(
        SpaceInvitation(
            id=new_id(),
            beneficiary_id=child_id,
            from_account_id=known.id,
            to_person_id=to_id,
            sent_at=now,
            expires_at=now + INVITATION_LIFE,
        )
    )
    session.flush()
    facts = {
        "child": child.person.first_name,
        "sender": family.own.person.first_name,
        "until": now + INVITATION_LIFE,
    }
    _write_to(session, now, settings, other.person, **facts)
    _record(session, Event.INVITATION_SENT, now, known, child_id)


def withdraw(session: Session, now: datetime, known: AccountView, invitation_id: UUID) -> None:
    """Take back an invitation that one sent; raises InvitationOver."""
    child_id = _settle(
        session, now, invitation_id, Answer.WITHDRAWN, SpaceInvitation.from_account_id == known.id
    )
    _record(session, Event.INVITATION_WITHDRAWN, now, known, child_id)


def answer(
    session: Session,
    now: datetime,
    settings: Settings,
    known: AccountView,
    invitation_id: UUID,
    *,
    accepted: bool,
) -> None:
    """Accept or refuse an invitation: one answer counts, whoever sends several at once; raises InvitationOver.

    Both are told. Whoever the registry no longer names, or a child come of age meanwhile, is not shared.
    """
    family = family_of(session, known.id, paris_day(now))
    if family is None:
        raise InvitationOver
    mine = SpaceInvitation.to_person_id == family.own.id
    waiting = {one.id: one for one in invitations(session, now, to_person_id=family.own.id)}
    asked = waiting.get(invitation_id)
    if asked is None or not _may_share(session, asked, family.own.person, paris_day(now)):
        raise InvitationOver
    child_id = _settle(session, now, invitation_id, Answer.ACCEPTED if accepted else Answer.REFUSED, mine)
    sender_id = session.scalars(
        select(SpaceInvitation.from_account_id).where(SpaceInvitation.id == invitation_id)
    ).one()
    if accepted:
        give_space(
            session, now, known.id, child_id, Role.GUARDIAN, ends_on=majority_day(asked.child.birth_date)
        )
    sender = account(session, sender_id)
    kind = "invitation-accepted" if accepted else "invitation-refused"
    facts = {"child": asked.child.first_name, "other": family.own.person.first_name}
    if sender is not None:
        tell(session, now, settings, sender, kind, mine=False, **facts)
    tell(session, now, settings, known, kind, mine=True, **facts)
    _record(
        session, Event.INVITATION_ACCEPTED if accepted else Event.INVITATION_REFUSED, now, known, child_id
    )


def _may_share(session: Session, asked: Invitation, who: Person, today: date) -> bool:
    named = bool(who.nir) and guardian_is(session, asked.child.id, nir_index(who.nir or ""))
    return named and today < majority_day(asked.child.birth_date)


def _settle(session: Session, now: datetime, invitation_id: UUID, with_answer: Answer, whose: object) -> UUID:
    child_id = session.execute(
        update(SpaceInvitation)
        .where(
            SpaceInvitation.id == invitation_id,
            SpaceInvitation.answered_at.is_(None),
            SpaceInvitation.expires_at > now,
            whose,  # type: ignore[arg-type]
        )
        .values(answered_at=now, answer=with_answer)
        .returning(SpaceInvitation.beneficiary_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if child_id is None:
        raise InvitationOver
    return UUID(str(child_id))


def _write_to(session: Session, now: datetime, settings: Settings, to: Person, **facts: Any) -> None:
    """Write to somebody's account if they have one, else where the insurer can reach them."""
    known = account_of(session, to.id)
    if known is not None:
        tell(session, now, settings, known, "space-invitation", **facts)
        return
    letter = render_letter("space-invitation", settings, name=to.first_name, at=now, **facts)
    for card in cards_of(session, to.id):
        if card.contact.email:
            put(session, letter, Destination("email", card.contact.email), now, about=to.id)
            return
        if card.contact.phone:
            put(session, letter, Destination("sms", card.contact.phone), now, about=to.id)
            return


def _record(session: Session, event: Event, now: datetime, known: AccountView, child_id: UUID) -> None:
    record(session, event, now=now, account_id=known.id, beneficiary_id=child_id)
