"""What an account reaches: its holder's own space, and those of the children it represents. Three queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from webapp.account.models import Account, AccountSpace
from webapp.beneficiaries.models import Beneficiary, Guardianship
from webapp.beneficiaries.service import people
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import SpaceView, spaces_of
from webapp.values.ages import is_minor

_BEARER = aliased(Beneficiary)
"""Whom the holder turned out to be, whose number guardianships name."""


@dataclass(frozen=True)
class Reached:
    """One space: whose, in which state, since when (None: nothing ever happened)."""

    name: str = field(repr=False)
    state: SpaceState
    since: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it is open, by its holder's decision or at the end of the window."""
        return self.state in (SpaceState.OPENED, SpaceState.OPENED_AUTOMATICALLY)


@dataclass(frozen=True)
class Mine:
    """Everything that the first page shows."""

    name: str = field(repr=False)
    own: Reached
    children: tuple[Reached, ...]
    terms_version: str
    terms_accepted_at: datetime


def mine(session: Session, account_id: UUID, today: date) -> Mine | None:
    """Return what an account reaches, or None when there is no such account.

    A child who has come of age is left out, and one whom the registry no longer says the holder represents. The
    state of the holder's own space is shown once they opened it from here: an account that was made with a child's
    card proves nothing of its owner.
    """
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
    children_ids = {row.reached_id for row in rows if row.role == "guardian" and row.guardian_index}
    ids = {holder, *children_ids}
    persons, spaces = people(session, ids), spaces_of(session, ids)
    own = any(row.role == "holder" and row.reached_id == holder for row in rows)
    children = sorted(
        (one for one in persons.values() if one.id in children_ids and is_minor(one.birth_date, today)),
        key=lambda one: (one.birth_date, one.first_names),
    )
    name = persons[holder].display_name
    return Mine(
        name=name,
        own=_reached(name, spaces[holder] if own else SpaceView(SpaceState.KNOWN, None)),
        children=tuple(_reached(one.display_name, spaces[one.id]) for one in children),
        terms_version=rows[0].terms_version,
        terms_accepted_at=rows[0].terms_accepted_at,
    )


def _reached(name: str, space: SpaceView) -> Reached:
    return Reached(name, space.state, space.changed_at)
