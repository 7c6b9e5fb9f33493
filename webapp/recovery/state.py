"""Where a visitor stands between what was forgotten and what is found again: kept sealed in the visit."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from webapp.web.visit import visit

_REMINDER, _RESET = "reminder", "reset"


@dataclass
class Reminder:
    """A forgotten identifier. Ids are texts: it is kept as JSON."""

    cards: list[str] = field(default_factory=list)
    """The cards that matched the identity given."""
    subject: str = ""
    """Hexadecimal blind index of the identity given: whom sends are counted for."""
    typed: dict[str, Any] = field(default_factory=dict)
    """What was typed to say who one is, to be found again; never on a shared computer."""
    sent_to: str = ""
    """The masked destination, once it was sent."""

    @property
    def card_ids(self) -> list[UUID]:
        """The cards that matched."""
        return [UUID(card) for card in self.cards]


@dataclass
class Reset:
    """A forgotten password. Nothing here tells whether the identifier is somebody's."""

    code_id: str | None = None
    """The code that this visit awaits, or has proven."""
    identifier: str = ""
    """As it was typed; empty when it is too long to be anybody's."""
    channel: str = ""
    """The way asked for."""
    account: str | None = None
    """The account whose password may be chosen: the code was right."""
    proven_at: str | None = None
    done: bool = False

    @property
    def proof_since(self) -> datetime | None:
        """When the code was right."""
        return datetime.fromisoformat(self.proven_at) if self.proven_at else None


def reminder() -> Reminder:
    """Return the forgotten identifier of this visit, a new one when there is none."""
    return Reminder(**visit().data.get(_REMINDER, {}))


def reset() -> Reset:
    """Return the forgotten password of this visit, a new one when there is none."""
    return Reset(**visit().data.get(_RESET, {}))


def keep(current: Reminder | Reset) -> None:
    """Store it in this request's unit of work."""
    visit().data[_REMINDER if isinstance(current, Reminder) else _RESET] = asdict(current)
    visit().save()


def finish() -> None:
    """Leave nothing in this visit, and nobody signed in, but that the password was chosen."""
    here = visit()
    here.data = {_RESET: asdict(Reset(done=True))}
    here.account_id = None
    here.save()
