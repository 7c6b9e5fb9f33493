"""`/demonstration/envois`: on loopback and with folders only; elsewhere it does not exist."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from webapp.demonstration.folders import newest_letters
from webapp.values.french import plural
from webapp.web.access import EVERYONE, open_to
from webapp.web.client import client_address
from webapp.web.pages import show
from webapp.web.work import now, settings

SHOWN = 10
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")

blueprint = Blueprint("demonstration", __name__)


@blueprint.get("/demonstration/envois")
@open_to(EVERYONE)
def sent() -> Response:
    """Show what was sent, newest first."""
    if not settings().shows_what_was_sent or client_address() is not None or _passed_on():
        abort(404)
    letters = newest_letters(settings(), SHOWN)
    words = plural(len(letters), "Le dernier message envoyé", f"Les {len(letters)} derniers messages envoyés")
    return show("demonstration/sent.html", letters=letters, words=words, now=now())


def _passed_on() -> bool:
    """Say whether something that nobody told us to trust handed this request on: a tunnel comes from loopback too."""
    return not settings().trusted_proxies and any(name in request.headers for name in FORWARDED)
