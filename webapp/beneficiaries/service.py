"""Who is in the registry: found by what is on a card, by a number, or by id. Constant numbers of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Table, and_, bindparam, join, select
from sqlalchemy.orm import Session

from webapp.beneficiaries.models import Beneficiary, Card, Guardianship
from webapp.db.vault import current_vault
from webapp.values.card import CardType
from webapp.values.names import display_name, first_name
from webapp.values.phone import can_receive_sms


@dataclass(frozen=True)
class Person:
    """A person as the insurer holds them; `nir` is their own number, None until the registry gives it."""

    id: UUID
    first_names: str
    family_name: str
    used_name: str
    birth_date: date
    sex: str
    nir: str | None
    birth_place: str = ""
    """INSEE code of a town or a country; empty when it is not known."""

    @property
    def display_name(self) -> str:
        """Name the person as on an envelope: "Camille Durand"."""
        return display_name(self.first_names, self.family_name, self.used_name)

    @property
    def first_name(self) -> str:
        """Give the first of the first names: "Camille"."""
        return first_name(self.first_names)


@dataclass(frozen=True)
class Contact:
    """Where a code may be sent; `phone` (E.164) is a number that takes SMS: a fixed line is left out."""

    email: str | None
    phone: str | None


@dataclass(frozen=True)
class CardHeld:
    """One row of the registry: under whose number a person is covered, and the contact that goes with it."""

    id: UUID
    person_id: UUID
    insured_nir: str
    scheme: str
    contact: Contact
    insured_index: bytes
    card_serial: str
    birth_date: date
    card_type: CardType
    address: str = field(default="", repr=False)
    """Of the holder of that number, on one line."""


@dataclass(frozen=True)
class Covered:
    """A person covered by an insured number; `guardians`: the holder of that number represents them.

    Whether the person is a minor is for the caller to tell, who knows which day it is.
    """

    person: Person
    card_id: UUID
    guardians: bool


_PEOPLE = cast(Table, Beneficiary.__table__).c
_CARDS = cast(Table, Card.__table__).c
_GUARDIANS = cast(Table, Guardianship.__table__).c
_CARD = (_CARDS.id, _CARDS.beneficiary_id, _CARDS.scheme, _CARDS.insured_index, _CARDS.sealed)
# Statements are made once, of columns rather than of attributes: making one costs more than running it.
_BY_IDENTITY = select(*_CARD).where(_CARDS.identity_index == bindparam("identity")).order_by(_CARDS.id)
_BY_CARD = select(*_CARD).where(_CARDS.id.in_(bindparam("ids", expanding=True))).order_by(_CARDS.id)
_BY_PERSON = select(*_CARD).where(_CARDS.beneficiary_id == bindparam("person")).order_by(_CARDS.id)
_PERSONS = select(_PEOPLE.id, _PEOPLE.sealed).where(_PEOPLE.id.in_(bindparam("ids", expanding=True)))
_HOLDER = select(_PEOPLE.id, _PEOPLE.sealed).where(_PEOPLE.nir_index == bindparam("number"))
_REPRESENTED = and_(
    _GUARDIANS.beneficiary_id == _PEOPLE.id, _GUARDIANS.guardian_index == _CARDS.insured_index
)
_PERSON_AND_CARD = (
    select(_PEOPLE.sealed, _PEOPLE.same_as_id, _GUARDIANS.guardian_index, *_CARD)
    .select_from(
        join(Beneficiary.__table__, Card.__table__, _CARDS.id == bindparam("card")).outerjoin(
            Guardianship.__table__, _REPRESENTED
        )
    )
    .where(_PEOPLE.id == bindparam("person"))
)
_COVERED = (
    select(_PEOPLE.id, _PEOPLE.sealed, _CARDS.id.label("card_id"), _GUARDIANS.guardian_index)
    .select_from(
        join(Beneficiary.__table__, Card.__table__, _CARDS.beneficiary_id == _PEOPLE.id).outerjoin(
            Guardianship.__table__, _REPRESENTED
        )
    )
    .where(_CARDS.insured_index == bindparam("number"))
    .order_by(_CARDS.id.desc())
)


def nir_index(nir: str) -> bytes:
    """Compute the blind index of a canonical number, whoever bears it."""
    return current_vault().index("nir", nir)


def place_index(insured_nir: str, birth_date: date, birth_rank: int) -> bytes:
    """Compute the blind index of a place under an insured number."""
    return current_vault().index("place", f"{insured_nir}|{birth_date.isoformat()}|{birth_rank}")


def identity_index(nir: str, birth_date: date, card_type: CardType, serial: str) -> bytes:
    """Compute the blind index of what identifies someone at the front door, all of it canonical."""
    return current_vault().index("identity", f"{nir}|{birth_date.isoformat()}|{card_type}|{serial}")


def find_cards(
    session: Session, nir: str, birth_date: date, card_type: CardType, serial: str
) -> list[CardHeld]:
    """Find the rows that match all four: none, one, or those of twins. One query whatever the outcome."""
    wanted = identity_index(nir, birth_date, card_type, serial)
    return _held(session, _BY_IDENTITY, identity=wanted)


def cards(session: Session, ids: Collection[UUID]) -> dict[UUID, CardHeld]:
    """Open these rows; an unknown id is left out."""
    return {card.id: card for card in _held(session, _BY_CARD, ids=list(ids))}


def cards_of(session: Session, person_id: UUID) -> list[CardHeld]:
    """Open every row of one person, in the order in which they came."""
    return _held(session, _BY_PERSON, person=person_id)


def person(session: Session, person_id: UUID) -> Person | None:
    """Open one person, or None."""
    return people(session, (person_id,)).get(person_id)


def person_and_card(session: Session, person_id: UUID, card_id: UUID) -> tuple[Person, CardHeld, bool] | None:
    """Open one person and one card, and say whether the bearer of its number represents the person. One query.

    Whoever turned out, since that person was chosen, to be somebody already known is that one: one query more.
    """
    row = session.execute(_PERSON_AND_CARD, {"person": person_id, "card": card_id}).one_or_none()
    if row is None:
        return None
    sealed, same_as_id, guardian_index, *card = row
    if same_as_id is not None:
        return person_and_card(session, same_as_id, card_id)
    return read_person(person_id, sealed), _card(*card), guardian_index is not None


def people(session: Session, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Open these people; an unknown id is left out."""
    rows = session.execute(_PERSONS, {"ids": list(ids)})
    return {row.id: read_person(row.id, row.sealed) for row in rows}


def holder_of(session: Session, insured_index: bytes) -> Person | None:
    """Find whose own number this is; None when the registry does not say."""
    row = session.execute(_HOLDER, {"number": insured_index}).one_or_none()
    return None if row is None else read_person(row.id, row.sealed)


def covered_by(session: Session, insured_index: bytes) -> list[Covered]:
    """List everyone covered by an insured number, its holder included, oldest first. One query."""
    rows = session.execute(_COVERED, {"number": insured_index})
    found = {  # the oldest card stays when someone has two places under one number
        row.id: Covered(read_person(row.id, row.sealed), row.card_id, row.guardian_index is not None)
        for row in rows
    }
    return sorted(
        found.values(), key=lambda one: (one.person.birth_date, one.person.first_names, one.person.id)
    )


def guardians_of(session: Session, person_id: UUID) -> set[bytes]:
    """Give the number indexes of a person's legal representatives."""
    wanted = select(Guardianship.guardian_index).where(Guardianship.beneficiary_id == person_id)
    return set(session.scalars(wanted))


def guardian_is(session: Session, person_id: UUID, insured_index: bytes) -> bool:
    """Say whether the bearer of that number is a legal representative of the person."""
    wanted = select(Guardianship.beneficiary_id).where(
        Guardianship.beneficiary_id == person_id, Guardianship.guardian_index == insured_index
    )
    return session.scalar(wanted) is not None


def _held(session: Session, which: Select[Any], **wanted: Any) -> list[CardHeld]:
    return [_card(*row) for row in session.execute(which, wanted)]


def _card(card_id: UUID, person_id: UUID, scheme: str, insured_index: bytes, sealed: bytes) -> CardHeld:
    fields = current_vault().unseal("cards", card_id, sealed)
    return CardHeld(
        card_id,
        person_id,
        fields["insured_nir"],
        scheme,
        Contact(fields["email"] or None, _mobile(fields["phone"])),
        insured_index,
        fields["card_serial"],
        date.fromisoformat(fields["birth_date"]),
        CardType(fields["card_type"]),
        ", ".join(filter(None, (fields["address"], f"{fields['postal_code']} {fields['city']}".strip()))),
    )


def _mobile(phone: str) -> str | None:
    return phone if phone and can_receive_sms(phone) else None


def read_person(person_id: UUID, sealed: bytes) -> Person:
    """Open a person's row that was read with others in one query."""
    fields = current_vault().unseal("beneficiaries", person_id, sealed)
    return Person(
        id=person_id,
        first_names=fields["first_names"],
        family_name=fields["family_name"],
        used_name=fields["used_name"],
        birth_date=date.fromisoformat(fields["birth_date"]),
        sex=fields["sex"],
        nir=fields["person_nir"] or None,
        birth_place=fields["birth_place"],
    )
