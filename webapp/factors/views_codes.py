"""Printed recovery codes: how many are left, making ten, and the one page that shows them (J7)."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.step_up import STEPPED_UP
from webapp.factors.awaited import show_codes, shown_codes
from webapp.factors.blueprint import blueprint
from webapp.factors.owner import announce, owner
from webapp.factors.printed_codes import make_codes, printed_codes
from webapp.factors.rules import CODES, group_recovery_code
from webapp.journal.events import Event
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now


@blueprint.get("/compte/codes-de-secours")
@open_to(STEPPED_UP)
def recovery_codes() -> Response:
    """Say what the codes are for and how many are left, and offer to make ten."""
    return show(
        "factors/codes.html",
        found=printed_codes(db(), owner().id),
        seen=shown_codes() is not None,
        total=CODES,
    )


@blueprint.post("/compte/codes-de-secours")
@open_to(STEPPED_UP)
def make_recovery_codes() -> BaseResponse:
    """Make ten codes; those before are dead. They wait, sealed, in the visit for the page that shows them."""
    known = owner()
    show_codes(make_codes(db(), now(), known.id))
    announce(known, "recovery-codes-made", Event.RECOVERY_CODES_MADE)
    return go_to("factors.new_codes")


@blueprint.get("/compte/codes-de-secours/nouveaux")
@open_to(STEPPED_UP)
def new_codes() -> Response | BaseResponse:
    """Show the codes just made, to be printed or copied; never again afterwards."""
    shown = shown_codes()
    if shown is None:
        return go_to("factors.recovery_codes")
    codes, until = shown
    return show(
        "factors/new_codes.html",
        codes=[group_recovery_code(code) for code in codes],
        until=until,
        today=now(),
    )


@blueprint.post("/compte/codes-de-secours/nouveaux")
@open_to(STEPPED_UP)
def codes_kept() -> BaseResponse:
    """Forget the codes in clear: their owner has them."""
    show_codes(None)
    return go_to("factors.recovery_codes")
