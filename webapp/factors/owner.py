"""Whose factors these pages change, and what is said of it: a letter everywhere, a line in the journal."""

from __future__ import annotations

from typing import Any

from flask import abort

from webapp.account.service import AccountView, account
from webapp.account.telling import tell
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.web.signed_in import member
from webapp.web.work import db, now, settings


def owner() -> AccountView:
    """Return the account that is signed in to; 404 when it is no more."""
    who = member()
    return (account(db(), who.account_id) if who else None) or abort(404)


def announce(known: AccountView, kind: str, event: Event, **facts: Any) -> None:
    """Tell the owner by every channel, and write it down; last in the transaction."""
    tell(db(), now(), settings(), known, kind, **facts)
    record(db(), event, now=now(), account_id=known.id, beneficiary_id=known.beneficiary_id)
