"""The children of an account as the page of the family shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account.service import account
from webapp.beneficiaries.service import Person
from webapp.family.guardians import Guardian, guardians, proven_by_owner
from webapp.family.reach import Family, Reached
from webapp.spaces.rules import SpaceState
from webapp.values.ages import is_minor
from webapp.values.clock import paris_day


@dataclass(frozen=True)
class ChildShown:
    """One child: the space when it is reached, who else represents the child, and whether they agree."""

    person: Person = field(repr=False)
    space: Reached | None
    others: tuple[Guardian, ...] = field(repr=False)
    mine_since: datetime | None
    """Since when one has said oneself that one does not agree."""

    @property
    def id(self) -> UUID:
        """The child's id."""
        return self.person.id

    @property
    def shared(self) -> bool:
        """Whether somebody else reaches the space too."""
        return self.space is not None and any(one.shares for one in self.others)

    @property
    def objecting(self) -> Guardian | None:
        """The other guardian who does not agree, if there is one."""
        return next((one for one in self.others if one.disagrees_since), None)

    @property
    def frozen(self) -> bool:
        """Whether the space stays as it is."""
        return self.mine_since is not None or self.objecting is not None


@dataclass(frozen=True)
class Children:
    """The children of an account: whose space is reached, about whom one only said that one disagrees, the others.

    The others are those whom the registry says one represents: told to nobody but an owner who has proven to be one.
    """

    reached: list[ChildShown]
    elsewhere: list[ChildShown]
    others: list[Person]


def children_of(session: Session, now: datetime, family: Family, account_id: UUID) -> Children:
    """Return the children of an account. One query, for most.

    Of those whose space is not reached, an account that was made with a child's card is told nothing: it was not its
    owner who proved it.
    """
    reached = {child.id: child for child in family.children}
    by_child: dict[UUID, list[Guardian]] = {child_id: [] for child_id in reached}
    for one in guardians(session, now, reached.keys(), family.own.id):
        by_child.setdefault(one.child.id, []).append(one)
    shown = [_shown(reached.get(child_id), found, family.own.id) for child_id, found in by_child.items()]
    out = [one for one in shown if not one.space]
    if out and family.own.state is SpaceState.KNOWN:  # not opened from here: that proves nothing
        known = account(session, account_id)
        out = out if known is not None and proven_by_owner(session, known) else []
    today = paris_day(now)
    return Children(
        [one for one in shown if one.space],
        [one for one in out if one.mine_since],
        [one.person for one in out if not one.mine_since and is_minor(one.person.birth_date, today)],
    )


def _shown(space: Reached | None, found: list[Guardian], own_id: UUID) -> ChildShown:
    mine = next((one for one in found if one.person.id == own_id), None)
    person = space.person if space else found[0].child
    others = tuple(one for one in found if one.person.id != own_id)
    return ChildShown(person, space, others, mine.disagrees_since if mine else None)
