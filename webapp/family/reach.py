"""What an account reaches: its holder's own space, and those of the children it represents.

A child who has come of age is left out at once, and one whom the registry no longer says the holder represents. An
account that was made with a child's card proves nothing of its owner: their own space is reached once they opened it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from webapp.account.models import Account, AccountSpace
from webapp.beneficiaries.models import Beneficiary, Guardianship
from webapp.beneficiaries.service import Person, people
from webapp.family.rules import Role
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import SpaceView, spaces_of
from webapp.values.ages import is_minor

_BEARER = aliased(Beneficiary)
"""Whom the holder turned out to be, whose number guardianships name."""


@dataclass(frozen=True)
class Reached:
    """One space: whose, as whom it is reached, in which state, since when (None: nothing ever happened)."""

    person: Person = field(repr=False)
    role: Role
    state: SpaceState
    since: datetime | None

    @property
    def id(self) -> UUID:
        """The beneficiary's id."""
        return self.person.id

    @property
    def name(self) -> str:
        """The name as on an envelope."""
        return self.person.display_name

    @property
    def is_open(self) -> bool:
        """Whether it is open, by a decision or at the end of the window."""
        return self.state in (SpaceState.OPENED, SpaceState.OPENED_AUTOMATICALLY)


@dataclass(frozen=True)
class Family:
    """Everything that an account reaches; `own` is said to be `known` as long as it was not opened from here."""

    own: Reached
    children: tuple[Reached, ...]
    terms_version: str
    terms_accepted_at: datetime

    def child(self, person_id: UUID) -> Reached | None:
        """Return a child that this account reaches, or None."""
        return next((one for one in self.children if one.id == person_id), None)


def family_of(session: Session, account_id: UUID, today: date) -> Family | None:
    """Return what an account reaches, or None when there is no such account. Three queries."""
    holder_id = func.coalesce(Beneficiary.same_as_id, Account.beneficiary_id)
    rows = session.execute(
        select(
            holder_id.label("holder_id"),
            Account.terms_version,
            Account.terms_accepted_at,
            AccountSpace.beneficiary_id.label("reached_id"),
            AccountSpace.role,
            Guardianship.guardian_index,
        )
        .join(Beneficiary, Beneficiary.id == Account.beneficiary_id)
        .outerjoin(AccountSpace, AccountSpace.account_id == Account.id)
        .outerjoin(_BEARER, _BEARER.id == holder_id)
        .outerjoin(
            Guardianship,
            and_(
                Guardianship.beneficiary_id == AccountSpace.beneficiary_id,
                Guardianship.guardian_index == _BEARER.nir_index,
            ),
        )
        .where(Account.id == account_id)
    ).all()
    if not rows:
        return None
    holder = rows[0].holder_id
    children_ids = {row.reached_id for row in rows if row.role == Role.GUARDIAN and row.guardian_index}
    ids = {holder, *children_ids}
    persons, spaces = people(session, ids), spaces_of(session, ids)
    own = any(row.role == Role.HOLDER and row.reached_id == holder for row in rows)
    children = sorted(
        (one for one in persons.values() if one.id in children_ids and is_minor(one.birth_date, today)),
        key=lambda one: (one.birth_date, one.first_names),
    )
    nothing = SpaceView(SpaceState.KNOWN, None)
    return Family(
        own=_reached(persons[holder], Role.HOLDER, spaces[holder] if own else nothing),
        children=tuple(_reached(one, Role.GUARDIAN, spaces[one.id]) for one in children),
        terms_version=rows[0].terms_version,
        terms_accepted_at=rows[0].terms_accepted_at,
    )


def _reached(person: Person, role: Role, space: SpaceView) -> Reached:
    return Reached(person, role, space.state, space.changed_at)
