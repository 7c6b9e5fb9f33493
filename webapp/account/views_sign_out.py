"""Signing out, and the page that says it is done (J7)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.blueprint import blueprint
from webapp.account.service import account
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.web.access import EVERYONE, open_to
from webapp.web.cookies import SHARED, put_cookie, take_cookie
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.style import COOKIE as STYLE
from webapp.web.visit import on_shared_computer, visit
from webapp.web.work import db, now

CLEAR = '"cache", "storage"'
"""What a sign-out clears in its owner's own browser; the cookies of a session are taken away one by one.

The one that makes this browser known stays: without it, whoever tries passwords from elsewhere would keep the owner
waiting too. It opens nothing.
"""
CLEAR_SHARED = '"cache", "cookies", "storage"'
"""On a shared computer, everything that this site may have left in the browser."""


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
    shared = on_shared_computer()
    response = go_to("account.signed_out", **({"partage": "1"} if shared else {}))
    response.headers["Clear-Site-Data"] = CLEAR_SHARED if shared else CLEAR
    take_cookie(response, STYLE)  # it says that the cache holds the stylesheet: no longer
    return response


@blueprint.get("/deconnexion")
@open_to(EVERYONE)
def signed_out() -> Response:
    """Say that the session is closed; a link that leads here closes nothing, the button does.

    Nor does a link from another site make a browser a shared one: it would no longer be known.
    """
    told = request.args.get("partage") == "1" and request.headers.get("Sec-Fetch-Site") != "cross-site"
    shared = on_shared_computer() or told
    response = show("account/signed_out.html", open=member() is not None, shared=shared)
    if shared and not on_shared_computer():
        put_cookie(response, SHARED, "1")
    return response
