"""The first page of "Mon compte": what there is, and where it is changed."""

from __future__ import annotations

from flask import Response

from webapp.account.current import my_account
from webapp.account.sending import masked
from webapp.account.sessions import open_sessions
from webapp.account.ways import held
from webapp.mail.letter import Destination
from webapp.my_account.blueprint import blueprint
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import show
from webapp.web.work import db, now

LANGUAGES = {"fr": "En français", "en": "En anglais"}


@blueprint.get("/compte")
@open_to(SIGNED_IN)
def index() -> Response:
    """Show everything that belongs to the account, a line each. Four queries."""
    known = my_account()
    email = masked(Destination("email", known.email)) if known.email else None
    phone = masked(Destination("sms", known.phone)) if known.phone else None
    return show(
        "my_account/index.html",
        identifier=known.identifier,
        email=email,
        phone=phone,
        language=LANGUAGES[known.language],
        held=held(db(), known.id),
        sessions=max(1, len(open_sessions(db(), known.id, now()))),
    )
