"""The password of an account, checked with its limits: nobody is told which part was wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.account.passwords import is_right
from webapp.account.service import AccountView, account_named
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits.rules import IDENTIFY_ALL, PASSWORD_ACCOUNT, PASSWORD_ADDRESS
from webapp.limits.service import add, add_failure, check_address, check_growing, forget
from webapp.values.refusal import Refusal


class WrongCredentials(Refusal):
    """No account has this identifier and this password."""


def may_try(session: Session, now: datetime, identifier: str, address: str | None) -> AccountView | None:
    """Return the account of an identifier (None: nobody's); raises TooMany while one has to wait."""
    check_growing(session, PASSWORD_ACCOUNT, identifier.lower(), now)
    check_address(session, PASSWORD_ADDRESS, IDENTIFY_ALL, address, now)
    return account_named(session, identifier)


def password_is_right(found: AccountView | None, password: str) -> bool:
    """Compute the hash, in the same time for nobody's identifier; call it outside any transaction."""
    return is_right(password, found.password_hash if found else None)


def accept(
    session: Session,
    now: datetime,
    identifier: str,
    address: str | None,
    *,
    right: bool,
    found: AccountView | None,
) -> AccountView:
    """Count the try and return the account; raises WrongCredentials."""
    if not right or found is None:
        add(session, PASSWORD_ACCOUNT, identifier.lower(), now)
        add_failure(session, PASSWORD_ADDRESS, IDENTIFY_ALL, address, now)
        record(session, Event.SIGN_IN_REFUSED, now=now, account_id=found.id if found else None)
        raise WrongCredentials
    forget(session, PASSWORD_ACCOUNT, identifier.lower())
    record(session, Event.SIGN_IN_STARTED, now=now, account_id=found.id)
    return found
