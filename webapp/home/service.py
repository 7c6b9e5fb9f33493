"""What an account reaches: its holder's own space, and those of the children it represents. Three queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace
from webapp.beneficiaries.service import people
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import SpaceView, spaces_of
from webapp.values.ages import is_minor


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

    A child who has come of age is left out: their space is theirs.
    """
    rows = session.execute(
        select(
            Account.beneficiary_id,
            Account.terms_version,
            Account.terms_accepted_at,
            AccountSpace.beneficiary_id.label("child_id"),
        )
        .outerjoin(AccountSpace, and_(AccountSpace.account_id == Account.id, AccountSpace.role == "guardian"))
        .where(Account.id == account_id)
    ).all()
    if not rows:
        return None
    holder_id = rows[0].beneficiary_id
    ids = {holder_id, *(row.child_id for row in rows if row.child_id)}
    persons, spaces = people(session, ids), spaces_of(session, ids)
    holder = persons[holder_id]
    children = sorted(
        (one for one in persons.values() if one.id != holder_id and is_minor(one.birth_date, today)),
        key=lambda one: (one.birth_date, one.first_names),
    )
    return Mine(
        name=holder.display_name,
        own=_reached(holder.display_name, spaces[holder_id]),
        children=tuple(_reached(one.display_name, spaces[one.id]) for one in children),
        terms_version=rows[0].terms_version,
        terms_accepted_at=rows[0].terms_accepted_at,
    )


def _reached(name: str, space: SpaceView) -> Reached:
    return Reached(name, space.state, space.changed_at)
