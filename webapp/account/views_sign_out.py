"""Signing out, and the page that says it is done (J7)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.blueprint import blueprint
from webapp.account.service import account
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.web.access import EVERYONE, open_to
from webapp.web.cookies import SHARED, put_cookie
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.visit import on_shared_computer, visit
from webapp.web.work import db, now

CLEAR = '"cache", "cookies", "storage"'
"""Everything that this site may have left in the browser.

The mark of the stylesheet goes with the cache that holds it: the next page has it inside, as on a first visit.
"""


@blueprint.post("/deconnexion")
@open_to(EVERYONE)
def sign_out() -> BaseResponse:
    """End the session here and in the browser; sending it twice changes nothing."""
    return sign_out_here()


def sign_out_here() -> BaseResponse:
    """Sign out of the session of this request, and answer. Last in the transaction: the journal is locked by it."""
    who = member()
    visit().end()
    if who is not None:
        known = account(db(), who.account_id)
        about = known.beneficiary_id if known else None
        record(db(), Event.SIGN_OUT_DONE, now=now(), account_id=who.account_id, beneficiary_id=about)
    # A shared computer stays one for the next person: cookies go, so the page that follows is told.
    response = go_to("account.signed_out", **({"partage": "1"} if on_shared_computer() else {}))
    response.headers["Clear-Site-Data"] = CLEAR
    return response


@blueprint.get("/deconnexion")
@open_to(EVERYONE)
def signed_out() -> Response:
    """Say that the session is closed; a link that leads here closes nothing, the button does."""
    shared = on_shared_computer() or request.args.get("partage") == "1"
    response = show("account/signed_out.html", open=member() is not None, shared=shared)
    if shared and not on_shared_computer():
        put_cookie(response, SHARED, "1")
    return response
