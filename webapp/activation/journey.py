"""Where a visitor stands between the first form and the decision: kept sealed in the visit, never in the cookie."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from webapp.web.once import form_key
from webapp.web.visit import on_shared_computer, visit

_KEY = "journey"


@dataclass
class Journey:
    """Ids are texts, moments ISO texts: it is kept as JSON."""

    cards: list[str] = field(default_factory=list)
    """The cards that matched the identity given; nothing is proven yet."""
    subject: str = ""
    """Hexadecimal blind index of the identity given: whom codes are counted for."""
    code_id: str | None = None
    """The live code that was sent to whoever identified in this visit."""
    sent_to: str = ""
    """The masked destination of that code."""
    sent_at: str | None = None
    invited_code: str | None = None
    """An invitation code that was recognised, and awaits birth date and serial."""
    proven: list[str] = field(default_factory=list)
    """The cards whose people may be decided for: a code was entered."""
    person: str | None = None
    """The beneficiary being decided for."""
    card: str | None = None
    decision: str | None = None
    """What was chosen for this person, and is not yet recorded."""
    terms_at: str | None = None
    account: str | None = None
    """The account created or signed in to during this visit."""
    for_guardian: bool = False
    """The account being made is the guardian's, to open a child's space from."""
    sign_in: str | None = None
    sign_in_to: str = ""
    sign_in_until: str | None = None
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was typed on each page, to be found again; never on a shared computer."""

    @property
    def person_id(self) -> UUID | None:
        """The beneficiary being decided for."""
        return UUID(self.person) if self.person else None

    @property
    def card_ids(self) -> list[UUID]:
        """The cards that matched."""
        return [UUID(card) for card in self.cards]

    @property
    def proven_ids(self) -> list[UUID]:
        """The cards that were proven."""
        return [UUID(card) for card in self.proven]

    @property
    def accepted_at(self) -> datetime | None:
        """When the terms were accepted in this visit."""
        return datetime.fromisoformat(self.terms_at) if self.terms_at else None

    def remember(self, page: str, typed: dict[str, Any]) -> None:
        """Keep what was typed on a page."""
        if on_shared_computer():
            self.typed.pop(page, None)
        else:
            self.typed[page] = typed

    def choose(self, person: UUID, card: UUID) -> None:
        """Go on with one person: whatever was accepted for another is forgotten.

        A new id for the visit, too: a form about the other person, still open in another tab, is no longer taken.
        """
        if self.person != str(person):
            if self.person is not None:
                visit().rotate(form_key())
            self.terms_at = self.sign_in = self.decision = None
            self.for_guardian = False
        self.person, self.card = str(person), str(card)


def journey() -> Journey:
    """Return the journey of this visit, a new one when there is none.

    What another release kept and this one does not know is left out: visits outlive a deployment.
    """
    known = {one.name for one in fields(Journey)}
    return Journey(**{name: value for name, value in visit().data.get(_KEY, {}).items() if name in known})


def keep(current: Journey) -> None:
    """Store the journey in this request's unit of work."""
    visit().data[_KEY] = asdict(current)
    visit().save()
