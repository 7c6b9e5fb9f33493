"""The people of a card: who may be decided for with this code, and who else is covered by the same number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.beneficiaries.service import CardHeld, Person, cards, covered_by, people, person_and_card
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import SpaceView, spaces_of
from webapp.values.ages import is_minor


@dataclass(frozen=True)
class Named:
    """A person to choose, with the card they were reached by."""

    id: UUID
    name: str = field(repr=False)
    card_id: UUID
    born: date = field(repr=False)


@dataclass(frozen=True)
class Subject:
    """The person being decided for: who, by which card, in which state, and who must open for them."""

    person: Person = field(repr=False)
    card: CardHeld = field(repr=False)
    space: SpaceView
    minor: bool
    represented: bool
    """The holder of the card's number is among the person's legal representatives."""

    @property
    def name(self) -> str:
        """The name as on an envelope."""
        return self.person.display_name

    @property
    def without_guardian(self) -> bool:
        """A minor whom this card's holder does not represent: nobody here may decide for them."""
        return self.minor and not self.represented


@dataclass(frozen=True)
class Relative:
    """Somebody else covered by the same number. `may_manage`: no new code is needed."""

    id: UUID
    name: str = field(repr=False)
    card_id: UUID
    state: SpaceState
    may_manage: bool
    minor: bool


def persons_of(session: Session, card_ids: Collection[UUID]) -> list[Named]:
    """Return the people of some cards, in the order of their names."""
    held = cards(session, card_ids)
    by_person = {card.person_id: card.id for card in held.values()}
    found = people(session, by_person)
    named = [Named(one.id, one.display_name, by_person[one.id], one.birth_date) for one in found.values()]
    return sorted(named, key=lambda one: one.name)


def subject(session: Session, person_id: UUID, card_id: UUID, today: date) -> Subject:
    """Return everything that the decision of one person depends on."""
    found = person_and_card(session, person_id, card_id)
    if found is None:
        raise LookupError("the registry no longer holds this person")
    who, card, represented = found
    return Subject(
        person=who,
        card=card,
        space=spaces_of(session, [who.id])[who.id],
        minor=is_minor(who.birth_date, today),
        represented=represented,
    )


def relatives(session: Session, proven: Collection[UUID], today: date) -> list[Relative]:
    """Return everyone covered by the numbers of the proven cards, each with the state of their space.

    Whoever the code was for, and the minors whom the holder represents, need no new code; other adults do.
    """
    held = cards(session, proven)
    own = {card.person_id for card in held.values()}
    covered = {
        one.person.id: one
        for index in {card.insured_index for card in held.values()}
        for one in covered_by(session, index)
    }
    states = spaces_of(session, covered)
    return [
        Relative(
            id=one.person.id,
            name=one.person.display_name
            if one.person.id in own or is_minor(one.person.birth_date, today)
            else one.person.first_name,
            card_id=one.card_id,
            state=states[one.person.id].state,
            may_manage=one.person.id in own or (one.guardians and is_minor(one.person.birth_date, today)),
            minor=is_minor(one.person.birth_date, today),
        )
        for one in covered.values()
    ]
