"""Sharing a child's space: one guardian invites the other legal representative whom the registry names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session, aliased

from webapp.account.models import Account
from webapp.account.service import AccountView, account, give_space
from webapp.account.telling import tell
from webapp.beneficiaries.models import Beneficiary, Guardianship
from webapp.beneficiaries.service import Person, read_person
from webapp.config import Settings
from webapp.family.guardians import guardians, proven_by_owner, sharing_accounts, write_to
from webapp.family.models import SpaceInvitation
from webapp.family.reach import family_of
from webapp.family.rules import INVITATION_LIFE, Answer, Role
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits.rules import INVITATIONS
from webapp.limits.service import add_within
from webapp.spaces.happening import Happening, What
from webapp.spaces.happening import tell as happened
from webapp.spaces.service import hold
from webapp.values.ages import is_minor, majority_day
from webapp.values.clock import paris_day
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal

__all__ = ["Invitation", "answer", "invitations", "invite", "sharing_accounts", "withdraw"]

_Child, _Sender, _From = aliased(Beneficiary), aliased(Beneficiary), aliased(Account)


class CannotInvite(Refusal):
    """Not a child of this account, not a legal representative, or the space is shared with them already."""


class AlreadyInvited(Refusal):
    """An invitation to this person still waits for its answer."""


class InvitationOver(Refusal):
    """It was answered, withdrawn, has expired, is for somebody else, or the registry names them no more."""


class NotProven(Refusal):
    """The account was made with a child's card: its owner has not proven who they are."""


@dataclass(frozen=True)
class Invitation:
    """One invitation that waits for an answer."""

    id: UUID
    child: Person = field(repr=False)
    sender: str = field(repr=False)
    from_account_id: UUID = field(repr=False)
    expires_at: datetime


INVITED = "invited"
"""What is read along with a space: whether its person may have an invitation to answer."""


def is_invited(space_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Return whether anybody waits for an answer of the person of a space, to be read with something else."""
    waiting = select(SpaceInvitation.id).where(
        SpaceInvitation.to_person_id == space_id, SpaceInvitation.answered_at.is_(None)
    )
    return waiting.exists()


def invitations(session: Session, now: datetime, to_person_id: UUID) -> list[Invitation]:
    """List the invitations that a person may answer, the oldest first. One query.

    One whose sender has no account any more, or of a child whom the registry no longer says this person represents,
    or who has come of age, is none.
    """
    rows = session.execute(
        select(
            SpaceInvitation.id,
            SpaceInvitation.from_account_id,
            SpaceInvitation.expires_at,
            _Child.id.label("child_id"),
            _Child.sealed.label("child_sealed"),
            _Sender.id.label("sender_id"),
            _Sender.sealed.label("sender_sealed"),
        )
        .join(_Child, _Child.id == SpaceInvitation.beneficiary_id)
        .join(_From, _From.id == SpaceInvitation.from_account_id)
        .join(_Sender, _Sender.id == _From.beneficiary_id)
        .join(Beneficiary, Beneficiary.id == SpaceInvitation.to_person_id)
        .join(
            Guardianship,
            and_(
                Guardianship.beneficiary_id == _Child.id, Guardianship.guardian_index == Beneficiary.nir_index
            ),
        )
        .where(
            SpaceInvitation.to_person_id == to_person_id,
            SpaceInvitation.expires_at > now,
            SpaceInvitation.answered_at.is_(None),
        )
        .order_by(SpaceInvitation.sent_at, SpaceInvitation.id)
    )
    found = [
        Invitation(
            row.id,
            read_person(row.child_id, row.child_sealed),
            read_person(row.sender_id, row.sender_sealed).first_name,
            row.from_account_id,
            row.expires_at,
        )
        for row in rows
    ]
    return [one for one in found if is_minor(one.child.birth_date, paris_day(now))]


def invite(
    session: Session, now: datetime, settings: Settings, known: AccountView, child_id: UUID, to_id: UUID
) -> None:
    """Invite another legal representative, and write to them; raises CannotInvite, AlreadyInvited, TooMany."""
    add_within(session, INVITATIONS, str(known.id), now)
    family = family_of(session, known.id, paris_day(now))
    child = family.child(child_id) if family else None
    if family is None or child is None or not child.is_open or to_id == family.own.id:
        raise CannotInvite
    hold(session, now, child_id)  # of two invitations at once, one waits for the other
    other = next((one for one in guardians(session, now, [child_id]) if one.person.id == to_id), None)
    if other is None or other.shares:
        raise CannotInvite
    if other.invitation_id is not None:
        raise AlreadyInvited
    until = now + INVITATION_LIFE
    session.add(
        SpaceInvitation(
            id=new_id(),
            beneficiary_id=child_id,
            from_account_id=known.id,
            to_person_id=to_id,
            sent_at=now,
            expires_at=until,
        )
    )
    session.flush()
    facts = {"child": child.person.first_name, "sender": family.own.person.first_name, "until": until}
    write_to(session, now, settings, other.person, "space-invitation", **facts)
    _record(session, Event.INVITATION_SENT, now, known, child_id)


def withdraw(session: Session, now: datetime, known: AccountView, invitation_id: UUID) -> None:
    """Take back an invitation that one sent; raises InvitationOver."""
    mine = SpaceInvitation.from_account_id == known.id
    child_id = _settle(session, now, invitation_id, Answer.WITHDRAWN, mine)
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
    """Accept or refuse an invitation: one answer counts, whoever sends several at once; both are told.

    Raises InvitationOver, or NotProven when somebody answers from an account that was made with a child's card.
    """
    family = family_of(session, known.id, paris_day(now))
    waiting = {one.id: one for one in invitations(session, now, family.own.id)} if family else {}
    asked = waiting.get(invitation_id)
    if family is None or asked is None:
        raise InvitationOver
    if not proven_by_owner(session, known):
        raise NotProven
    mine = SpaceInvitation.to_person_id == family.own.id
    child_id = _settle(session, now, invitation_id, Answer.ACCEPTED if accepted else Answer.REFUSED, mine)
    kind, event = "invitation-refused", Event.INVITATION_REFUSED
    if accepted:
        kind, event = "invitation-accepted", Event.INVITATION_ACCEPTED
        ends_on = majority_day(asked.child.birth_date)
        give_space(session, now, known.id, child_id, Role.GUARDIAN, ends_on=ends_on)
        what = Happening(
            What.ANOTHER_GUARDIAN, child_id, now, for_child=True, settings=settings, by_account=known.id
        )
        happened(session, what)
    facts: dict[str, Any] = {"child": asked.child.first_name, "other": family.own.person.first_name}
    sender = account(session, asked.from_account_id)
    if sender is not None:
        tell(session, now, settings, sender, kind, mine=False, **facts)
    tell(session, now, settings, known, kind, mine=True, **facts)
    _record(session, event, now, known, child_id)


def _settle(
    session: Session, now: datetime, invitation_id: UUID, with_answer: Answer, whose: ColumnElement[bool]
) -> UUID:
    """Answer an invitation, in one conditional UPDATE; return the child."""
    child_id: UUID | None = session.execute(
        update(SpaceInvitation)
        .where(
            SpaceInvitation.id == invitation_id,
            SpaceInvitation.answered_at.is_(None),
            SpaceInvitation.expires_at > now,
            whose,
        )
        .values(answered_at=now, answer=with_answer)
        .returning(SpaceInvitation.beneficiary_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if child_id is None:
        raise InvitationOver
    return child_id


def _record(session: Session, event: Event, now: datetime, known: AccountView, child_id: UUID) -> None:
    record(session, event, now=now, account_id=known.id, beneficiary_id=child_id)
