"""Whose passkeys these pages change, what is said of it, and where passkeys can be used."""

from __future__ import annotations

from flask import Response, abort, request

from webapp.account.service import AccountView, account
from webapp.account.telling import tell
from webapp.config import is_loopback
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.passkeys.blueprint import blueprint
from webapp.passkeys.ceremony import as_json
from webapp.passkeys.rules import Place, place_of
from webapp.passkeys.service import has_passkeys
from webapp.web.signed_in import member
from webapp.web.work import db, now, settings


def owner() -> AccountView:
    """Return the account that is signed in to; 404 when it is no more."""
    who = member()
    return (account(db(), who.account_id) if who else None) or abort(404)


def announce(known: AccountView, kind: str, event: Event) -> None:
    """Tell the owner by every channel, and write it down; last in the transaction."""
    tell(db(), now(), settings(), known, kind)
    record(db(), event, now=now(), account_id=known.id, beneficiary_id=known.beneficiary_id)


def place() -> Place:
    """Return where passkeys of this site are valid."""
    return place_of(settings())


def answer(options: dict[str, object]) -> Response:
    """Answer the script with what it hands to the browser."""
    return Response(as_json(options), mimetype="application/json")


@blueprint.app_template_global("passkeys_elsewhere")
def passkeys_elsewhere() -> str | None:
    """Return the address that knows passkeys, when the demonstration was opened by a number (127.0.0.1)."""
    here = request.host.rsplit(":", 1)[0].lower()
    return None if here == "localhost" or not is_loopback(here.strip("[]")) else place().origin


@blueprint.app_template_global("has_passkeys")
def owner_has_passkeys() -> bool:
    """Say whether whoever is signed in may prove it with a passkey."""
    who = member()
    return who is not None and has_passkeys(db(), who.account_id)
