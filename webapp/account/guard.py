"""The password of an account, checked with its limits: nobody is told which part was wrong.

Waits grow with each wrong password, and are counted apart for a browser or a network that signed in to the account
before. Whoever tries passwords from elsewhere therefore slows down themselves and other strangers, not the owner.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account.devices import Device
from webapp.account.passwords import is_right
from webapp.account.service import AccountView, account_named
from webapp.account.under_way import as_it_is
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits import rules
from webapp.limits.service import add, add_failure, check_address, check_growing, count, forget, hold_growing
from webapp.values.refusal import Refusal

_NOBODY = UUID(int=0)


class WrongCredentials(Refusal):
    """No account has this identifier and this password."""


@dataclass(frozen=True)
class Origin:
    """Where a try comes from: network address (None on loopback), visit (hexadecimal digest), browser if known.

    `browser`: what it calls itself, in our words ("Firefox sur Android"); proves nothing, helps its owner remember.
    """

    address: str | None
    visit: str
    device: Device | None = None
    browser: str = ""

    @property
    def network(self) -> str | None:
        """The address, or for IPv6 the /64 that one subscriber has."""
        if self.address is None or ":" not in self.address:
            return self.address
        try:
            return str(ipaddress.ip_network(f"{self.address}/64", strict=False))
        except ValueError:
            return self.address


def may_try(session: Session, now: datetime, identifier: str, origin: Origin) -> AccountView | None:
    """Return the account of an identifier (None: nobody's); raises TooMany while one has to wait."""
    found = account_named(session, identifier)
    place = known_place(session, now, origin, found)
    if place is None:
        check_address(session, rules.PASSWORD_ADDRESS, rules.IDENTIFY_ALL, origin.address, now)
    for limit, subject in _waits(identifier, origin, place):
        check_growing(session, limit, subject, now)
    return found


def password_is_right(found: AccountView | None, password: str) -> bool:
    """Compute the hash, in the same time for nobody's identifier; call it outside any transaction."""
    return is_right(password, found.password_hash if found else None)


def accept(
    session: Session,
    now: datetime,
    identifier: str,
    origin: Origin,
    *,
    right: bool,
    found: AccountView | None,
    refused: Event = Event.SIGN_IN_REFUSED,
) -> AccountView:
    """Count the try and return the account; raises WrongCredentials.

    Raises TooMany too: tries sent at once passed the first check together, here each waits for the one before.
    """
    waits = _waits(identifier, origin, known_place(session, now, origin, found))
    for limit, subject in waits:
        hold_growing(session, limit, subject, now)
    if right and found is not None:
        found = as_it_is(session, found)
    if not right or found is None:
        for limit, subject in waits:
            add(session, limit, subject, now)
        add_failure(session, rules.PASSWORD_ADDRESS, rules.IDENTIFY_ALL, origin.address, now)
        _record(session, refused, now, found, origin)
        raise WrongCredentials
    forget(session, *waits[0])
    return found


def record_started(session: Session, now: datetime, known: AccountView, origin: Origin) -> None:
    """Write down that the password was right; last in the transaction, like everything in the journal."""
    _record(session, Event.SIGN_IN_STARTED, now, known, origin)


def forget_waits(session: Session, now: datetime, known: AccountView, origin: Origin) -> None:
    """Have nobody wait any more for an account whose password is new: tries at the former one tell nothing."""
    place = known_place(session, now, origin, known)
    strangers = _waits(known.identifier, origin, None)
    for limit, subject in (_waits(known.identifier, origin, place) if place else []) + strangers:
        forget(session, limit, subject)


def remember_network(session: Session, now: datetime, account_id: UUID, origin: Origin) -> None:
    """Remember, under a blind index, that an account was signed in to from this network."""
    if origin.network is not None:
        add(session, rules.KNOWN_NETWORK, f"{account_id}|{origin.network}", now)


def is_known_place(session: Session, now: datetime, known: AccountView, origin: Origin) -> bool:
    """Say whether this account was signed in to from this browser or from this network."""
    return known_place(session, now, origin, known) is not None


def known_place(session: Session, now: datetime, origin: Origin, found: AccountView | None) -> str | None:
    """Name the browser or the network if the account knows it; as many queries for nobody's identifier."""
    account_id = found.id if found else _NOBODY
    if origin.device is not None and origin.device.knows(account_id):
        return f"device {origin.device.id}"
    network = origin.network
    if network is not None and count(session, rules.KNOWN_NETWORK, f"{account_id}|{network}", now):
        return f"network {network}"
    return None


def _waits(identifier: str, origin: Origin, place: str | None) -> list[tuple[rules.Limit, str]]:
    """Say what this try counts for, whatever grows first: its own browser or network, then all strangers."""
    name = identifier.lower()
    if place is not None:
        return [(rules.PASSWORD_KNOWN, f"{name}|{place}")]
    return [(rules.PASSWORD_VISIT, f"{name}|{origin.visit}"), (rules.PASSWORD_STRANGERS, name)]


def _record(session: Session, event: Event, now: datetime, found: AccountView | None, origin: Origin) -> None:
    """Write it down, about an account if there is one."""
    account_id, about = (found.id, found.beneficiary_id) if found else (None, None)
    facts = {"device": origin.browser}
    record(session, event, now=now, account_id=account_id, beneficiary_id=about, facts=facts)
