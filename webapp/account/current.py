"""The account of whoever is signed in to this request."""

from __future__ import annotations

from flask import abort

from webapp.account.service import AccountView, account
from webapp.web.signed_in import member
from webapp.web.work import db


def my_account() -> AccountView:
    """Return the account of this request; 404 when it is no more."""
    who = member()
    return (account(db(), who.account_id) if who else None) or abort(404)
