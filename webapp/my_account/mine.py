"""Whose account this is."""

from __future__ import annotations

from flask import abort

from webapp.account.service import AccountView, account
from webapp.db.work import reading
from webapp.web.signed_in import member
from webapp.web.work import engine


def my_account_read() -> AccountView:
    """Return the account of this request without opening its unit of work: before a slow hash nothing is locked."""
    who = member()
    with reading(engine()) as session:
        return (account(session, who.account_id) if who else None) or abort(404)
