"""The legal representatives of children, by the registry: who shares a space, who was invited, who does not agree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, join, select, union
from sqlalchemy.orm import Session, aliased

from webapp.account.models import Account, AccountSpace
from webapp.account.owner import is_theirs
from webapp.account.service import AccountView, account_of
from webapp.account.telling import tell
from webapp.beneficiaries.models import Beneficiary, Guardianship
from webapp.beneficiaries.service import Person, cards_of, read_person
from webapp.config import Settings
from webapp.family.models import Disagreement, SpaceInvitation
from webapp.family.rules import Role
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter

_Child, _Sender = aliased(Beneficiary), aliased(Account)
_Own, _Known = aliased(Beneficiary), aliased(Beneficiary)
_ACCESS = and_(
    AccountSpace.account_id == Account.id,
    AccountSpace.beneficiary_id == Guardianship.beneficiary_id,
    AccountSpace.role == Role.GUARDIAN,
)
_STANDS = and_(
    Disagreement.beneficiary_id == Guardianship.beneficiary_id,
    Disagreement.person_id == Beneficiary.id,
    Disagreement.withdrawn_at.is_(None),
)


@dataclass(frozen=True)
class Guardian:
    """One legal representative of one child, whom the registry knows by their number."""

    child: Person = field(repr=False)
    person: Person = field(repr=False)
    shares: bool
    """They reach the child's space from their own account."""
    invitation_id: UUID | None
    """Of the invitation that waits for their answer."""
    invited_by: UUID | None = field(repr=False)
    """The account that sent it."""
    invited_until: datetime | None
    disagrees_since: datetime | None


def guardians(
    session: Session, now: datetime, child_ids: Collection[UUID], own_id: UUID | None = None
) -> list[Guardian]:
    """List the representatives of these children, and of those whom `own_id` represents or does not agree about.

    One query.
    """
    children: Any = select(Beneficiary.id.label("id")).where(Beneficiary.id.in_(list(child_ids)))
    if own_id is not None:
        raised = select(Disagreement.beneficiary_id).where(
            Disagreement.person_id == own_id, Disagreement.withdrawn_at.is_(None)
        )
        represented = (
            select(Guardianship.beneficiary_id)
            .join(_Own, _Own.nir_index == Guardianship.guardian_index)
            .join(_Known, _Known.id == Guardianship.beneficiary_id)
            .where(_Own.id == own_id, _Known.same_as_id.is_(None))
        )
        children = union(children, raised, represented)
    wanted = children.subquery()
    waits = and_(
        SpaceInvitation.beneficiary_id == Guardianship.beneficiary_id,
        SpaceInvitation.to_person_id == Beneficiary.id,
        SpaceInvitation.expires_at > now,
        SpaceInvitation.answered_at.is_(None),
    )
    rows = session.execute(
        select(
            _Child.id.label("child_id"),
            _Child.sealed.label("child_sealed"),
            Beneficiary.id,
            Beneficiary.sealed,
            AccountSpace.account_id,
            SpaceInvitation.id.label("invitation_id"),
            SpaceInvitation.from_account_id,
            SpaceInvitation.expires_at,
            Disagreement.raised_at,
        )
        .select_from(wanted)
        .join(_Child, _Child.id == wanted.c.id)
        .join(Guardianship, Guardianship.beneficiary_id == _Child.id)
        .join(Beneficiary, Beneficiary.nir_index == Guardianship.guardian_index)
        .outerjoin(Account, Account.beneficiary_id == Beneficiary.id)
        .outerjoin(AccountSpace, _ACCESS)
        .outerjoin(join(SpaceInvitation, _Sender, _Sender.id == SpaceInvitation.from_account_id), waits)
        .outerjoin(Disagreement, _STANDS)
    )
    found = {(row.child_id, row.id): _guardian(row) for row in rows}  # one of each pair, whatever was joined
    return sorted(
        found.values(), key=lambda one: (one.child.birth_date, one.person.birth_date, one.person.id)
    )


def _guardian(row: Any) -> Guardian:
    return Guardian(
        read_person(row.child_id, row.child_sealed),
        read_person(row.id, row.sealed),
        row.account_id is not None,
        row.invitation_id,
        row.from_account_id,
        row.expires_at,
        row.raised_at,
    )


def sharing_accounts(session: Session, child_id: UUID) -> dict[UUID, UUID]:
    """Return the accounts that reach a child's space, and whose holder the registry still names: id → holder's id."""
    rows = session.execute(
        select(Account.id, Account.beneficiary_id)
        .join(AccountSpace, AccountSpace.account_id == Account.id)
        .join(Beneficiary, Beneficiary.id == Account.beneficiary_id)
        .join(
            Guardianship,
            and_(
                Guardianship.beneficiary_id == AccountSpace.beneficiary_id,
                Guardianship.guardian_index == Beneficiary.nir_index,
            ),
        )
        .where(AccountSpace.beneficiary_id == child_id, AccountSpace.role == Role.GUARDIAN)
    )
    return {row.id: row.beneficiary_id for row in rows}


def proven_by_owner(session: Session, known: AccountView) -> bool:
    """Say whether the owner of an account has proven it: one made with a child's card proves nothing of a parent."""
    return any(is_theirs(session, known, card.contact) for card in cards_of(session, known.beneficiary_id))


def write_to(
    session: Session, now: datetime, settings: Settings, to: Person, kind: str, **facts: Any
) -> None:
    """Write to a representative: by every channel of the account they have proven, else where the insurer knows."""
    known = account_of(session, to.id)
    if known is not None and proven_by_owner(session, known):
        tell(session, now, settings, known, kind, **facts)
        return
    letter = render_letter(kind, settings, name=to.first_name, at=now, **facts)
    contacts = [card.contact for card in cards_of(session, to.id)]
    places = {("email", one.email) for one in contacts} | {("sms", one.phone) for one in contacts}
    for channel, address in sorted((channel, address) for channel, address in places if address):
        put(session, letter, Destination(channel, address), now, about=to.id)
