"""Changing what protects an account: each change in one transaction with the letters that tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account import access_codes
from webapp.account.access_codes import Purpose, SignInExpired
from webapp.account.sending import destinations
from webapp.account.service import AccountView, change, set_password
from webapp.account.sessions import end_sessions
from webapp.account.telling import tell, tell_at
from webapp.account.under_way import end_what_is_under_way, hold
from webapp.config import Settings
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.mail.letter import Destination
from webapp.values.refusal import Refusal


class LastAddress(Refusal):
    """Without this address no code could reach the person any more."""


@dataclass(frozen=True)
class AddressKind:
    """One of the two kinds of address: its field in the account, its channel, its event, its letter."""

    field: str
    channel: str
    event: Event
    letter: str

    def of(self, known: AccountView) -> str | None:
        """Return the address of this kind that the account has itself."""
        found: str | None = getattr(known, self.field)
        return found


EMAIL = AddressKind("email", "email", Event.EMAIL_CHANGED, "email-changed")
PHONE = AddressKind("phone", "sms", Event.PHONE_CHANGED, "phone-changed")


def change_identifier(
    session: Session, now: datetime, settings: Settings, known: AccountView, name: str
) -> None:
    """Give an account another identifier and tell its owner everywhere; raises IdentifierTaken."""
    held = hold(session, known)
    changed = change(session, known.id, identifier=name)
    end_what_is_under_way(session, held)
    tell(session, now, settings, changed, "identifier-changed")
    _record(session, Event.IDENTIFIER_CHANGED, now, known)


def change_password(
    session: Session, now: datetime, settings: Settings, known: AccountView, password_hash: str, here: UUID
) -> None:
    """Give an account another password, end whatever else is open or under way, tell its owner everywhere.

    `here`: the row of the visit that goes on. The hash is computed before the transaction.
    """
    held = hold(session, known)
    set_password(session, known.id, password_hash)
    end_what_is_under_way(session, held)
    end_sessions(session, known.id, but=here)
    access_codes.forget_sent(session, known.id)
    tell(session, now, settings, held, "password-changed")
    _record(session, Event.PASSWORD_CHANGED, now, known)


def ask_proof(
    session: Session, now: datetime, settings: Settings, known: AccountView, kind: AddressKind, address: str
) -> UUID:
    """Send a code to a new address, and return the row of the code awaited; raises TooMany.

    Nothing changes before it is proven, and nobody learns whether another account has that address.
    """
    sent = access_codes.begin(
        session, now, known, kind.channel, _life(settings), purpose=Purpose.NEW_ADDRESS, address=address
    )
    _send(session, now, settings, known, kind, address, sent)
    return sent.sign_in_id


def ask_again(
    session: Session, now: datetime, settings: Settings, known: AccountView, kind: AddressKind, proof_id: UUID
) -> None:
    """Send another code to the same address; the one before dies. Raises TooMany or SignInOver."""
    awaited = access_codes.pending(session, now, proof_id, purpose=Purpose.NEW_ADDRESS)
    if awaited is None or awaited.address is None:
        raise SignInExpired
    sent = access_codes.resend(session, now, proof_id, known, kind.channel, _life(settings))
    _send(session, now, settings, known, kind, awaited.address, sent)


def prove(
    session: Session,
    now: datetime,
    settings: Settings,
    known: AccountView,
    kind: AddressKind,
    proof_id: UUID,
    code: str,
) -> None:
    """Take the address whose code this is, and tell the old ones; raises WrongAccessCode or SignInOver."""
    held = hold(session, known)
    access_codes.check(session, now, proof_id, code, purpose=Purpose.NEW_ADDRESS)
    awaited = access_codes.pending(session, now, proof_id, purpose=Purpose.NEW_ADDRESS)
    if awaited is None or awaited.address is None or awaited.account_id != known.id:
        raise SignInExpired
    change(session, known.id, **{kind.field: awaited.address})
    end_what_is_under_way(session, held)
    _tell_moved(session, now, settings, held, kind, removed=False)


def remove(
    session: Session, now: datetime, settings: Settings, known: AccountView, kind: AddressKind
) -> None:
    """Take an address out of the account and tell it; raises LastAddress when no other would be left."""
    held = hold(session, known)
    if not (PHONE if kind is EMAIL else EMAIL).of(held):
        raise LastAddress
    if kind.of(held) is None:
        return
    change(session, known.id, **{kind.field: None})
    end_what_is_under_way(session, held)
    _tell_moved(session, now, settings, held, kind, removed=True)


def _tell_moved(
    session: Session,
    now: datetime,
    settings: Settings,
    before: AccountView,
    kind: AddressKind,
    *,
    removed: bool,
) -> None:
    """Tell every place where the owner was reached until now, the address given up among them."""
    places = list(destinations(session, before).values())
    added = kind.of(before) is None
    tell_at(session, now, settings, before, places, kind.letter, removed=removed, added=added)
    how = "removed" if removed else "added" if added else "changed"
    _record(session, kind.event, now, before, how=how)


def _send(
    session: Session,
    now: datetime,
    settings: Settings,
    known: AccountView,
    kind: AddressKind,
    address: str,
    sent: access_codes.Sent,
) -> None:
    facts: dict[str, Any] = {
        "code": sent.code,
        "minutes": settings.access_code_minutes,
        "until": sent.expires_at,
    }
    to = Destination(kind.channel, address)
    tell_at(session, now, settings, known, [to], "new-address-code", **facts)


def _life(settings: Settings) -> timedelta:
    return timedelta(minutes=settings.access_code_minutes)


def _record(session: Session, event: Event, now: datetime, known: AccountView, **facts: str) -> None:
    of = {"account_id": known.id, "beneficiary_id": known.beneficiary_id}
    record(session, event, now=now, **of, facts=facts or None)
