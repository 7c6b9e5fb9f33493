"""The access code: the page that asks for it, and entering it (J7)."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account import access_codes
from webapp.account.access import KEY, PASSWORD_RIGHT
from webapp.account.access_codes import Pending, SignInOver, SignInSpent, WrongAccessCode
from webapp.account.arrival import arrive
from webapp.account.blueprint import blueprint
from webapp.account.code_page import awaited, form_of, show_code, show_dead
from webapp.account.held_codes import check_held
from webapp.account.origin import current_origin
from webapp.account.service import AccountView, account
from webapp.account.ways import APP, Proof
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.values.french import plural
from webapp.web.access import open_to
from webapp.web.pages import go_to
from webapp.web.signed_in import member
from webapp.web.visit import visit
from webapp.web.work import db, now, settings

NNBSP = "\u202f"


@blueprint.get("/connexion/code")
@open_to(PASSWORD_RIGHT)
def code() -> Response | BaseResponse:
    """Ask for the code; say where it went, until when it serves, and what to do when nothing comes."""
    if member() is not None:
        return go_to("home.home")
    return show_code()


@blueprint.post("/connexion/code")
@open_to(PASSWORD_RIGHT)
def enter_code() -> Response | BaseResponse:
    """Use the code up, and start the session under a new id."""
    found, _known = awaited()
    if found is None:
        return go_to("account.sign_in")
    form = form_of(found)(request.form)
    if not form.validate():
        return show_code(form, status=422)
    try:
        known, proof = _check(found, form.code.data or "")
    except WrongAccessCode as refusal:
        form.code.errors = [_wrong(found.channel, refusal.tries_left)]
        return show_code(form, status=422)
    except SignInOver as over:
        page = show_dead(type(over), status=422, channel=found.channel)
        if isinstance(over, SignInSpent) and over.account_id is not None:
            _record_refused(over.account_id)
        return page
    return arrive(known, by=proof.by, kept={KEY: visit().data[KEY]}, also=proof.event)


def _check(found: Pending, typed: str) -> tuple[AccountView, Proof]:
    if found.channel == APP:
        return check_held(db(), now(), settings(), found.id, typed)
    known = account(db(), access_codes.check(db(), now(), found.id, typed))
    assert known is not None
    return known, Proof(by=found.channel)


def _wrong(channel: str, left: int) -> str:
    """Say that a code is wrong, and how many tries remain."""
    reason = (
        "un code sert une fois, et celui de l’application change toutes les 30 secondes"
        if channel == APP
        else "seul le dernier envoyé compte"
    )
    return f"Ce n’est pas le bon code{NNBSP}: {reason}. Il reste {left} {plural(left, 'essai', 'essais')}"


def _record_refused(account_id: UUID) -> None:
    """Write down that somebody who knew the password tried too many codes; last in the transaction."""
    known = account(db(), account_id)
    about = known.beneficiary_id if known else None
    facts = {"step": "code", "device": current_origin().browser}
    record(db(), Event.SIGN_IN_REFUSED, now=now(), account_id=account_id, beneficiary_id=about, facts=facts)
