"""Writing a batch of people of the registry: what is known is fetched at once, the difference is written at once."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from webapp.beneficiaries.models import Beneficiary, Card, Guardianship
from webapp.beneficiaries.registry_row import RegistryRow
from webapp.beneficiaries.rules import department_of
from webapp.beneficiaries.service import identity_index, nir_index
from webapp.beneficiaries.staging import PersonRows
from webapp.db.base import Base
from webapp.db.vault import current_vault
from webapp.values.ids import new_id

_PEOPLE, _CARDS, _GUARDIANS = (
    Base.metadata.tables[model.__tablename__] for model in (Beneficiary, Card, Guardianship)
)

_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Written:
    """How many people (`new`, `changed`, `unchanged`) and cards were written or found as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    cards_new: int = 0
    cards_changed: int = 0
    cards_unchanged: int = 0

    @property
    def anything(self) -> bool:
        """Say whether any row of the database was written."""
        return bool(self.new or self.changed or self.cards_new or self.cards_changed)

    def __add__(self, other: Written) -> Written:
        """Sum two batches."""
        return Written(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class _KnownPerson:
    id: UUID
    nir_index: bytes | None
    content_digest: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class _KnownCard:
    id: UUID
    beneficiary_id: UUID
    place_index: bytes
    content_digest: bytes


class _Batch:
    """What is known of a batch of people, and the difference to write."""

    def __init__(self, session: Session, people: list[PersonRows], now: datetime) -> None:
        self._session = session
        self._now = now
        vault = current_vault()
        self._index = vault.index
        self._seal = vault.seal
        self._unseal = vault.unseal
        self._numbers = {person.nir: nir_index(person.nir) for person in people if person.nir}
        places = [self._place(row) for person in people for row in person.rows]
        columns = (Card.id, Card.beneficiary_id, Card.place_index, Card.content_digest)
        found = session.execute(select(*columns).where(Card.place_index.in_(places)))
        self._cards = {row.place_index: _KnownCard(*row) for row in found}
        holders = {card.beneficiary_id for card in self._cards.values()}
        self._people: dict[UUID, _KnownPerson] = {}
        for condition in (Beneficiary.nir_index.in_(self._numbers.values()), Beneficiary.id.in_(holders)):
            wanted = (Beneficiary.id, Beneficiary.nir_index, Beneficiary.content_digest, Beneficiary.sealed)
            for row in session.execute(select(*wanted).where(condition)):
                self._people[row.id] = _KnownPerson(*row)
        self._by_number = {known.nir_index: known for known in self._people.values() if known.nir_index}
        self.new_people: list[dict[str, Any]] = []
        self.changed_people: list[dict[str, Any]] = []
        self.same: list[dict[str, Any]] = []
        self.new_cards: list[dict[str, Any]] = []
        self.changed_cards: list[dict[str, Any]] = []
        self.guardians: dict[UUID, set[bytes]] = {}
        self.unchanged = self.cards_unchanged = 0

    def compare(self, person: PersonRows) -> None:
        """Note what this person's rows change."""
        known = self._known(person)
        beneficiary_id = self._note_person(person, known)
        for row in person.rows:
            self._note_card(row, beneficiary_id)

    def write(self) -> Written:
        """Write what was noted, in the order that foreign keys ask for."""
        run = self._session.execute
        if self.new_people:
            run(insert(_PEOPLE), self.new_people)
        if self.changed_people:
            run(_update(_PEOPLE, self.changed_people[0]), self.changed_people)
        if self.same:
            run(_update(_PEOPLE, self.same[0]), self.same)
        if self.new_cards:
            run(insert(_CARDS), self.new_cards)
        if self.changed_cards:
            run(_update(_CARDS, self.changed_cards[0]), self.changed_cards)
        if self.guardians:
            self._write_guardians()
        return Written(
            len(self.new_people),
            len(self.changed_people),
            self.unchanged,
            len(self.new_cards),
            len(self.changed_cards),
            self.cards_unchanged,
        )

    def _known(self, person: PersonRows) -> _KnownPerson | None:
        """Who these rows speak of: the bearer of the number, or else whoever holds their place without another."""
        if person.nir and (bearer := self._by_number.get(self._numbers[person.nir])):
            return bearer
        for row in person.rows:
            card = self._cards.get(self._place(row))
            holder = self._people[card.beneficiary_id] if card else None
            if holder and (holder.nir_index is None or not person.nir):
                return holder
        return None

    def _note_person(self, person: PersonRows, known: _KnownPerson | None) -> UUID:
        first = person.rows[0]
        guardians = {nir_index(number) for number in person.guardians}
        department = next(filter(None, (department_of(row.postal_code) for row in person.rows)), "")
        facts = {
            "family_name": first.family_name,
            "used_name": first.used_name,
            "first_names": first.first_names,
            "birth_date": first.birth_date.isoformat(),
            "birth_place": first.birth_place,
            "birth_rank": first.birth_rank,
            "sex": first.sex,
        }
        digest = self._digest("beneficiary", [facts, department, sorted(one.hex() for one in guardians)])
        number = self._numbers.get(person.nir)
        if known and digest == known.content_digest and (number is None or number == known.nir_index):
            self.unchanged += 1
            return known.id
        nir = person.nir
        if known and not nir:  # a file that does not give the number does not take it away
            nir = self._unseal("beneficiaries", known.id, known.sealed)["person_nir"]
            number = known.nir_index
        beneficiary_id = known.id if known else new_id()
        values = {
            "nir_index": number,
            "sealed": self._seal("beneficiaries", beneficiary_id, {**facts, "person_nir": nir}),
            "department": department,
            "content_digest": digest,
            "changed_at": self._now,
        }
        if known:
            self.changed_people.append({"its_id": beneficiary_id, **values})
        else:
            self.new_people.append({"id": beneficiary_id, "registered_at": self._now, **values})
        if guardians or known:
            self.guardians[beneficiary_id] = guardians
        return beneficiary_id

    def _note_card(self, row: RegistryRow, beneficiary_id: UUID) -> None:
        place = self._place(row)
        known = self._cards.get(place)
        fields = {
            "insured_nir": row.insured_nir,
            "card_type": row.card_type.value,
            "card_serial": row.card_serial,
            "email": row.email,
            "phone": row.phone,
            "address": row.address,
            "postal_code": row.postal_code,
            "city": row.city,
            "birth_date": row.birth_date.isoformat(),
        }
        digest = self._digest("card", [fields, row.scheme])
        if known and known.content_digest == digest and known.beneficiary_id == beneficiary_id:
            self.cards_unchanged += 1
            return
        if known and known.beneficiary_id != beneficiary_id:
            self._note_same(known.beneficiary_id, beneficiary_id)
        card_id = known.id if known else new_id()
        values = {
            "beneficiary_id": beneficiary_id,
            "identity_index": identity_index(row.insured_nir, row.birth_date, row.card_type, row.card_serial),
            "insured_index": nir_index(row.insured_nir),
            "scheme": row.scheme,
            "sealed": self._seal("cards", card_id, fields),
            "content_digest": digest,
            "changed_at": self._now,
        }
        if known:
            self.changed_cards.append({"its_id": card_id, **values})
        else:
            self.new_cards.append({"id": card_id, "place_index": place, **values})

    def _note_same(self, holder: UUID, beneficiary_id: UUID) -> None:
        """Keep a trace when someone known without a number turns out to be somebody else who is known."""
        if self._people[holder].nir_index is None:
            self.same.append({"its_id": holder, "same_as_id": beneficiary_id})

    def _write_guardians(self) -> None:
        known: dict[UUID, set[bytes]] = {}
        columns = (Guardianship.beneficiary_id, Guardianship.guardian_index)
        for row in self._session.execute(
            select(*columns).where(Guardianship.beneficiary_id.in_(self.guardians))
        ):
            known.setdefault(row.beneficiary_id, set()).add(row.guardian_index)
        gone = [(one, old) for one, now in self.guardians.items() for old in known.get(one, set()) - now]
        come = [(one, new) for one, now in self.guardians.items() for new in now - known.get(one, set())]
        if gone:
            these = [
                _GUARDIANS.c.beneficiary_id == bindparam("its_id"),
                _GUARDIANS.c.guardian_index == bindparam("old"),
            ]
            self._session.execute(
                delete(_GUARDIANS).where(*these), [{"its_id": one, "old": old} for one, old in gone]
            )
        if come:
            rows = [{"beneficiary_id": one, "guardian_index": new} for one, new in come]
            self._session.execute(insert(_GUARDIANS), rows)

    def _place(self, row: RegistryRow) -> bytes:
        return self._index("place", row.place)

    def _digest(self, purpose: str, content: list[Any]) -> bytes:
        return self._index(purpose, _CANONICAL.encode(content))


def write_people(session: Session, people: list[PersonRows], now: datetime) -> Written:
    """Bring these people, each with all their rows of a file, into the database; a constant number of statements."""
    batch = _Batch(session, people, now)
    for person in people:
        batch.compare(person)
    return batch.write()


def _update(table: Any, values: dict[str, Any]) -> Any:
    """Build an update by id for rows that all change the same columns."""
    changes: dict[str, Any] = {name: bindparam(name) for name in values if name != "its_id"}
    return update(table).where(table.c.id == bindparam("its_id")).values(changes)
