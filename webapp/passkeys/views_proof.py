"""Signing in with a passkey, and proving again with one that it is me (J7)."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.arrival import arrive
from webapp.account.origin import current_origin
from webapp.account.service import AccountView, account
from webapp.account.step_up import go_on
from webapp.account.telling import tell
from webapp.account.way_back import want_page
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.passkeys.blueprint import blueprint
from webapp.passkeys.ceremony import WrongPasskey, proving_options
from webapp.passkeys.challenges import Purpose, begin, take
from webapp.passkeys.owner import answer, owner, place
from webapp.passkeys.proving import CopiedPasskey, count_refused, may_ask, may_try, use_passkey, warns
from webapp.passkeys.service import passkeys
from webapp.web.access import EVERYONE, SIGNED_IN, TO, open_to, page_of_ours
from webapp.web.once import form_key
from webapp.web.pages import show
from webapp.web.signed_in import step_up as note_step_up
from webapp.web.visit import visit
from webapp.web.work import db, now, settings


@blueprint.post("/connexion/cle/defi")
@open_to(EVERYONE)
def ask_key() -> Response:
    """Give the script what any passkey of this site may sign; nothing says whose there are."""
    may_ask(db(), now(), current_origin().address)
    return answer(proving_options(place(), begin(Purpose.SIGN_IN)))


@blueprint.post("/connexion/cle")
@open_to(EVERYONE)
def sign_in() -> Response | BaseResponse:
    """Start the session of whose passkey it is: neither password nor code is asked."""
    try:
        known = _prove(Purpose.SIGN_IN)
    except WrongPasskey as refusal:
        return _refuse(refusal, Event.SIGN_IN_REFUSED, "passkeys/refused.html")
    want_page(visit(), request.form.get(TO, ""))
    return arrive(known, by="passkey")


@blueprint.post("/compte/confirmation/cle/defi")
@open_to(SIGNED_IN)
def ask_key_again() -> Response:
    """Give the script what one of my passkeys may sign."""
    mine = [one.credential for one in passkeys(db(), owner().id)]
    return answer(proving_options(place(), begin(Purpose.STEP_UP), mine))


@blueprint.post("/compte/confirmation/cle")
@open_to(SIGNED_IN)
def prove_again() -> Response | BaseResponse:
    """Take a passkey of mine for my password, and go on."""
    who = owner()
    try:
        known = _prove(Purpose.STEP_UP, who.id)
    except WrongPasskey as refusal:
        return _refuse(refusal, Event.STEP_UP_REFUSED, "passkeys/refused_again.html", who)
    note_step_up(form_key())
    going_on = go_on()
    about = known.beneficiary_id
    record(db(), Event.STEP_UP_DONE, now=now(), account_id=known.id, beneficiary_id=about)
    return going_on


def _prove(purpose: Purpose, mine: UUID | None = None) -> AccountView:
    """Use the challenge up, whatever comes of it, and return whose passkey it is."""
    may_try(db(), now(), current_origin().address)
    text = request.form.get("credential", "")
    known = account(db(), use_passkey(db(), now(), place(), take(purpose), text, mine))
    assert known is not None
    return known


def _refuse(refusal: WrongPasskey, event: Event, template: str, who: AccountView | None = None) -> Response:
    """Count it, tell the owner of a passkey that may be copied, and say the same whatever was wrong."""
    count_refused(db(), now(), current_origin().address)
    if isinstance(refusal, CopiedPasskey):
        who = account(db(), refusal.account_id)
        if who is not None and warns(db(), now(), refusal.passkey_id):
            tell(db(), now(), settings(), who, "passkey-refused")
    page = show(template, status=422, wanted=page_of_ours(request.form.get(TO, "")))
    account_id, about = (who.id, who.beneficiary_id) if who else (None, None)
    facts = {"step": "passkey", "device": current_origin().browser}
    record(db(), event, now=now(), account_id=account_id, beneficiary_id=about, facts=facts)
    return page
