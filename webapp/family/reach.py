"""What an account reaches: its holder's own space, and those of the children it represents.

A child who has come of age is left out at once, and one whom the registry no longer says the holder represents. An
adult under guardianship is no child: whoever represents them reaches nothing from an account of their own. An account
that was made with a child's card proves nothing of its owner: their own space is reached once they opened it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, func, join, select
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace
from webapp.beneficiaries.models import Beneficiary, Guardianship
from webapp.beneficiaries.service import Person, read_person
from webapp.db.work import run
from webapp.family.rules import Role
from webapp.spaces.models import HealthSpace
from webapp.spaces.rules import SpaceState
from webapp.values.ages import is_minor

_ACCOUNTS = cast(Table, Account.__table__)
_ACCESS = cast(Table, AccountSpace.__table__)
_SPACES = cast(Table, HealthSpace.__table__)
_GUARDIANS = cast(Table, Guardianship.__table__)
_MADE_FOR = cast(Table, Beneficiary.__table__).alias("made_for")
_HOLDER = cast(Table, Beneficiary.__table__).alias("holder")
"""Whom the owner of the account turned out to be, whose number guardianships name."""
_REACHED = cast(Table, Beneficiary.__table__).alias("reached")
# Made once, of columns rather than of attributes: making a statement costs more than running it.
_FAMILY = (
    select(
        _ACCOUNTS.c.terms_version,
        _ACCOUNTS.c.terms_accepted_at,
        _HOLDER.c.id.label("holder_id"),
        _HOLDER.c.sealed.label("holder_sealed"),
        _ACCESS.c.role,
        _REACHED.c.id,
        _REACHED.c.sealed,
        _SPACES.c.state,
        _SPACES.c.changed_at,
        _SPACES.c.frozen_at,
        _GUARDIANS.c.guardian_index,
    )
    .select_from(
        join(_ACCOUNTS, _MADE_FOR, _MADE_FOR.c.id == _ACCOUNTS.c.beneficiary_id)
        .join(_HOLDER, _HOLDER.c.id == func.coalesce(_MADE_FOR.c.same_as_id, _MADE_FOR.c.id))
        .outerjoin(_ACCESS, _ACCESS.c.account_id == _ACCOUNTS.c.id)
        .outerjoin(_REACHED, _REACHED.c.id == _ACCESS.c.beneficiary_id)
        .outerjoin(_SPACES, _SPACES.c.beneficiary_id == _ACCESS.c.beneficiary_id)
        .outerjoin(
            _GUARDIANS,
            and_(
                _GUARDIANS.c.beneficiary_id == _ACCESS.c.beneficiary_id,
                _GUARDIANS.c.guardian_index == _HOLDER.c.nir_index,
            ),
        )
    )
    .where(_ACCOUNTS.c.id == bindparam("account"))
)

SPACE_ID, ROLE = _ACCESS.c.beneficiary_id, _ACCESS.c.role
"""Which space is reached, and as whom, for what is read along."""
_along: dict[str, ColumnElement[Any]] = {}
_statement: list[Select[*tuple[Any, ...]]] = [_FAMILY]


def read_along(name: str, column: ColumnElement[Any]) -> None:
    """Have this be read with each space, in the same query: `column` is one value, found by `SPACE_ID` and `ROLE`."""
    if name not in _along:
        _along[name] = column.label(name)
        _statement[:] = [_FAMILY.add_columns(*_along.values())]


@dataclass(frozen=True)
class Reached:
    """One space: whose, as whom it is reached, in which state, since when (None: nothing ever happened)."""

    person: Person = field(repr=False)
    role: Role
    state: SpaceState
    since: datetime | None
    frozen: bool = False
    """Two guardians do not agree: it stays as it is."""
    along: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was read along with it, by the names that features gave."""

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

    @property
    def first_names(self) -> dict[UUID, str]:
        """How the children are called in a sentence, by id."""
        return {one.id: one.person.first_name for one in self.children}

    def child(self, person_id: UUID) -> Reached | None:
        """Return a child that this account reaches, or None."""
        return next((one for one in self.children if one.id == person_id), None)


def family_of(session: Session, account_id: UUID, today: date) -> Family | None:
    """Return what an account reaches, or None when there is no such account. One query."""
    rows = run(session, _statement[0], account=account_id).all()
    if not rows:
        return None
    first = rows[0]
    holder = read_person(first.holder_id, first.holder_sealed)
    own = Reached(holder, Role.HOLDER, SpaceState.KNOWN, None)
    children = []
    for row in rows:
        if row.role == Role.HOLDER and row.id == holder.id:
            own = _reached(holder, Role.HOLDER, row)
        elif row.role == Role.GUARDIAN and row.guardian_index is not None:
            child = read_person(row.id, row.sealed)
            if is_minor(child.birth_date, today):
                children.append(_reached(child, Role.GUARDIAN, row))
    children.sort(key=lambda one: (one.person.birth_date, one.person.first_names, one.id))
    return Family(own, tuple(children), first.terms_version, first.terms_accepted_at)


def _reached(person: Person, role: Role, row: Any) -> Reached:
    state = SpaceState(row.state) if row.state else SpaceState.KNOWN
    along = {name: getattr(row, name) for name in _along}
    return Reached(person, role, state, row.changed_at, row.frozen_at is not None, along)
