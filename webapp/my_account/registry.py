"""What the insurer's registry says of the owner of an account: identity, cards, and who represents whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from webapp.account.models import AccountSpace
from webapp.account.service import AccountView
from webapp.beneficiaries.models import Beneficiary, Guardianship
from webapp.beneficiaries.service import CardHeld, Person, cards_of, read_person
from webapp.values.ages import is_minor

_SELF, _CHILD, _REPRESENTATIVE = "self", "child", "representative"


@dataclass(frozen=True)
class RegistryEntry:
    """One person as the insurer knows them; `children` are the minors whom they represent."""

    person: Person = field(repr=False)
    cards: tuple[CardHeld, ...] = field(repr=False)
    children: tuple[Person, ...] = field(repr=False)
    representatives: tuple[Person, ...] = field(repr=False)
    proven: bool
    """Whether the account is its owner's beyond doubt: one made with a child's card proves nothing of a parent."""

    @property
    def schemes(self) -> list[str]:
        """Return whom a mistake is told to, once each."""
        return list(dict.fromkeys(card.scheme for card in self.cards))


def registry_entry(session: Session, known: AccountView, today: date) -> RegistryEntry | None:
    """Return what the registry says of an account's owner, or None when they are in it no more. Two queries."""
    mine = known.beneficiary_id
    found = [(row, read_person(row.id, row.sealed)) for row in session.execute(_around(known.id, mine))]
    me = next(((row, person) for row, person in found if row.part == _SELF), None)
    if me is None:
        return None
    cards = tuple(cards_of(session, mine))
    own = {known.email, known.phone} - {None}
    contacts = {address for card in cards for address in (card.contact.email, card.contact.phone)}
    return RegistryEntry(
        me[1],
        cards,
        tuple(
            _oldest_first(one for row, one in found if row.part == _CHILD and is_minor(one.birth_date, today))
        ),
        tuple(_oldest_first(one for row, one in found if row.part == _REPRESENTATIVE)),
        proven=me[0].role == "holder" or bool(own & contacts) or not own,
    )


def _oldest_first(people: Any) -> list[Person]:
    return sorted(people, key=lambda one: (one.birth_date, one.first_names, one.id))


def _around(account_id: UUID, mine: UUID) -> Any:
    """Select the person, the people whom they represent and those who represent them, each with their part."""
    other = aliased(Beneficiary)
    holder = aliased(Beneficiary)
    own_space = (AccountSpace.account_id == account_id) & (AccountSpace.beneficiary_id == mine)
    myself = (
        select(Beneficiary.id, Beneficiary.sealed, literal(_SELF).label("part"), AccountSpace.role)
        .outerjoin(AccountSpace, own_space)
        .where(Beneficiary.id == mine)
    )
    children = (
        select(other.id, other.sealed, literal(_CHILD), null())
        .join(Guardianship, Guardianship.beneficiary_id == other.id)
        .join(holder, holder.nir_index == Guardianship.guardian_index)
        .where(holder.id == mine, other.same_as_id.is_(None))
    )
    representatives = (
        select(holder.id, holder.sealed, literal(_REPRESENTATIVE), null())
        .join(Guardianship, Guardianship.guardian_index == holder.nir_index)
        .where(Guardianship.beneficiary_id == mine)
    )
    return union_all(myself, children, representatives)
