"""Codes that this site does not send: an authenticator application makes them, or they were printed beforehand.

An account only knows that there are some. The package that stores them stands above, and registers itself here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account.service import AccountView
from webapp.config import Settings
from webapp.journal.events import Event

APP = "app"
"""The channel of a sign-in whose code is not sent."""


@dataclass(frozen=True)
class Held:
    """What the owner of an account holds; false when there is nothing."""

    app: bool = False
    recovery_codes: int = 0
    """How many printed codes are left."""

    def __bool__(self) -> bool:
        """Say whether the owner can make or read a code at all."""
        return self.app or self.recovery_codes > 0


@dataclass(frozen=True)
class Proof:
    """A code that was right, and is used up."""

    by: str
    """What it came from: `app` or `recovery`."""
    event: Event | None = None
    """What is to be written down beside the sign-in."""


class Factors(Protocol):
    """Whoever stores what the owner of an account holds."""

    def held(self, session: Session, account_id: UUID) -> Held:
        """Return what there is."""

    def prove(
        self, session: Session, now: datetime, settings: Settings, known: AccountView, typed: str
    ) -> Proof | None:
        """Use a code up and return what it was; None when it is wrong. Raises TooMany."""


_registered: list[Factors] = []


def register_factors(factors: Factors) -> None:
    """Make these the factors of every account."""
    _registered[:] = [factors]


def held(session: Session, account_id: UUID) -> Held:
    """Return what the owner of an account holds."""
    return next((factors.held(session, account_id) for factors in _registered), Held())


def prove(
    session: Session, now: datetime, settings: Settings, known: AccountView, typed: str
) -> Proof | None:
    """Use up a code that its owner holds; None when it is wrong. Raises TooMany."""
    return next((factors.prove(session, now, settings, known, typed) for factors in _registered), None)
