"""Who I am (J3): one indexed look-up, one answer for every kind of mismatch, limits counted in the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.beneficiaries.service import CardHeld, find_cards
from webapp.db.vault import current_vault
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits.rules import IDENTIFY_ADDRESS, IDENTIFY_ALL, IDENTIFY_NUMBER
from webapp.limits.service import add, add_failure, check_address, forget, hold_growing
from webapp.values.card import CardType
from webapp.values.refusal import Refusal


class NoMatch(Refusal):
    """Nobody in the registry has this number, birth date and card together; it is never said which was wrong."""


@dataclass(frozen=True)
class Identity:
    """What a person says of themselves; `number` in canonical form (15 characters)."""

    number: str = field(repr=False)
    born: date = field(repr=False)
    kind: CardType = field(repr=False)
    serial: str = field(repr=False)

    @property
    def subject(self) -> bytes:
        """Blind index of the whole identity: whom codes and sends are counted for."""
        parts = (self.number, self.born.isoformat(), self.kind, self.serial)
        return current_vault().index("identified", "|".join(parts))


def identify(session: Session, now: datetime, who: Identity, address: str | None) -> list[CardHeld]:
    """Return the cards of whoever this is; raises NoMatch, or TooMany while one has to wait.

    `address`: the visitor's network address, None when it is not counted. The registry is asked, and the journal
    written, whatever the outcome, so that a mismatch takes the time of a match.
    """
    hold_growing(session, IDENTIFY_NUMBER, who.number, now)
    check_address(session, IDENTIFY_ADDRESS, IDENTIFY_ALL, address, now)
    cards = find_cards(session, who.number, who.born, who.kind, who.serial)
    if not cards:
        add(session, IDENTIFY_NUMBER, who.number, now)
        add_failure(session, IDENTIFY_ADDRESS, IDENTIFY_ALL, address, now)
        record(session, Event.IDENTITY_REFUSED, now=now)
        raise NoMatch
    forget(session, IDENTIFY_NUMBER, who.number)
    record(session, Event.IDENTITY_MATCHED, now=now, beneficiary_id=cards[0].person_id)
    return cards
