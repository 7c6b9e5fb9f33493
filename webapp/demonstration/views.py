"""`/demonstration/envois`: on loopback and with folders only; elsewhere it does not exist."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from webapp.demonstration.folders import newest_letters
from webapp.values.french import plural
from webapp.web.access import EVERYONE, open_to
from webapp.web.client import client_address
from webapp.web.pages import show
from webapp.web.work import now, settings

SHOWN = 10

blueprint = Blueprint("demonstration", __name__)


@blueprint.get("/demonstration/envois")
@open_to(EVERYONE)
def sent() -> Response:
    """Show what was sent, newest first."""
    if not settings().shows_what_was_sent or client_address() is not None:
        abort(404)
    letters = newest_letters(settings(), SHOWN)
    words = plural(len(letters), "Le dernier message envoyé", f"Les {len(letters)} derniers messages envoyés")
    return show("demonstration/sent.html", letters=letters, words=words, now=now())
