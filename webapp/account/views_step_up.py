"""The page that asks for the password again (J7)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.blueprint import blueprint
from webapp.account.forms import PasswordForm
from webapp.account.guard import WrongCredentials, accept, may_try, password_is_right
from webapp.account.origin import current_origin
from webapp.account.service import account
from webapp.account.step_up import go_on, page_after
from webapp.db.work import reading
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.values.password import canonical_password
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.left import waits_on
from webapp.web.once import form_key
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member, stepped_up
from webapp.web.signed_in import step_up as note_step_up
from webapp.web.work import db, engine, now

WRONG = "Ce n’est pas le mot de passe de mon compte. Vérifiez-le, puis réessayez"


@blueprint.get("/compte/confirmation")
@open_to(SIGNED_IN)
def step_up() -> Response | BaseResponse:
    """Ask for the password; nothing to ask when it was proven a short while ago."""
    return go_on() if stepped_up() else _page(PasswordForm(formdata=None))


@blueprint.post("/compte/confirmation")
@open_to(SIGNED_IN)
def prove_again() -> Response | BaseResponse:
    """Check the password, with the limits of a sign-in, and take a new id."""
    form = PasswordForm(request.form)
    if not form.validate():
        return _page(form, status=422)
    who, origin = member(), current_origin()
    assert who is not None
    with reading(engine()) as session:
        known = account(session, who.account_id)
        if known is None:
            return go_to("account.signed_out")
        may_try(session, now(), known.identifier, origin)
    right = password_is_right(known, canonical_password(form.password.data or ""))
    try:
        accept(db(), now(), known.identifier, origin, right=right, found=known, refused=Event.STEP_UP_REFUSED)
    except WrongCredentials:
        form.password.errors = [WRONG]
        return _page(form, status=422)
    note_step_up(form_key())
    answer = go_on()
    record(
        db(), Event.STEP_UP_DONE, now=now(), account_id=who.account_id, beneficiary_id=known.beneficiary_id
    )
    return answer


def _page(form: PasswordForm, status: int = 200) -> Response:
    return show("account/step_up.html", status=status, form=form, waits=waits_on(page_after()))
