"""The first page of "Mon compte": what can be changed, and where."""

from __future__ import annotations

from flask import Response

from webapp.my_account.blueprint import blueprint
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import show


@blueprint.get("/compte")
@open_to(SIGNED_IN)
def index() -> Response:
    """Show everything that belongs to the account, a line each."""
    return show("my_account/index.html")
