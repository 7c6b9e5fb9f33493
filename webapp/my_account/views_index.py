"""The first page of "Mon compte": what there is, and where it is changed."""

from __future__ import annotations

from flask import Response

from webapp.account.current import my_account
from webapp.account.sending import masked
from webapp.mail.letter import Destination
from webapp.my_account.blueprint import blueprint
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import show


@blueprint.get("/compte")
@open_to(SIGNED_IN)
def index() -> Response:
    """Show everything that belongs to the account, a line each."""
    known = my_account()
    email = masked(Destination("email", known.email)) if known.email else None
    phone = masked(Destination("sms", known.phone)) if known.phone else None
    return show("my_account/index.html", identifier=known.identifier, email=email, phone=phone)
