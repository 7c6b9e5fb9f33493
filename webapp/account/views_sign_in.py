"""Identifier, password, and how to receive the access code: one page (J7)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account import steps
from webapp.account.access import KEY
from webapp.account.blueprint import blueprint
from webapp.account.channels import begin_code, channels_of
from webapp.account.forms import SignInForm
from webapp.account.guard import WrongCredentials, accept, may_try, password_is_right, record_started
from webapp.account.origin import current_origin
from webapp.account.service import AccountView
from webapp.account.way_back import want_page
from webapp.db.work import reading
from webapp.values.password import canonical_password
from webapp.web.access import EVERYONE, TO, open_to, page_of_ours
from webapp.web.forms import tidy
from webapp.web.left import something_waits
from webapp.web.once import form_key
from webapp.web.pages import go_to, see_other, show
from webapp.web.signed_in import member
from webapp.web.visit import FORMS, IDLED, OVER, idle_time, visit
from webapp.web.work import db, engine, now, settings

WRONG = "L’identifiant et le mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez"
"""The same words whichever part was wrong, and whether or not anybody has this identifier."""


@blueprint.get("/connexion")
@open_to(EVERYONE)
def sign_in() -> Response | BaseResponse:
    """Ask for identifier, password and channel; say so when a session has just ended by itself."""
    if member() is not None:
        wanted = page_of_ours(request.args.get(TO, ""))
        return see_other(wanted) if wanted else go_to("home.home")
    return _page(SignInForm(formdata=None))


@blueprint.post("/connexion")
@open_to(EVERYONE)
def check_password() -> Response | BaseResponse:
    """Check the password, then send an access code; nothing is said of the account before it is right."""
    form = SignInForm(request.form)
    if not form.validate():
        return _page(form, status=422)
    identifier, origin = tidy(form.identifier.data), current_origin()
    with reading(engine()) as session:  # the slow hash comes before anything is locked
        found = may_try(session, now(), identifier, origin)
    right = password_is_right(found, canonical_password(form.password.data or ""))
    try:
        known = accept(db(), now(), identifier, origin, right=right, found=found)
    except WrongCredentials:
        form.identifier.errors = form.password.errors = (WRONG,)
        return _page(form, status=422)
    return _send(known, form.channel.data)


def _send(known: AccountView, channel: str) -> Response | BaseResponse:
    """Go on by the channel asked for, or by another one when the account has it not: then the next page says so."""
    channels = channels_of(db(), known)
    by = channels.choose(channel)
    if by is None:
        record_started(db(), now(), known, current_origin())
        return show("account/no_channel.html", status=422)
    begun = begin_code(db(), now(), settings(), known, by, channels)
    here = visit()
    here.data[FORMS] = here.forms_of  # the sign-in page of another tab still serves
    here.rotate(form_key())
    here.data[KEY] = {"id": str(begun), "wanted": channel}
    want_page(here, request.form.get(TO, ""))
    here.save()
    record_started(db(), now(), known, current_origin())
    return go_to("account.code")


def _page(form: SignInForm, status: int = 200) -> Response:
    here = visit()
    over = here.data.get(OVER, IDLED if here.ended else "")
    return show(
        "account/sign_in.html",
        status=status,
        form=form,
        step=steps.counter("credentials"),
        over=over if status == 200 else "",
        idle=int(idle_time().total_seconds() // 60),
        waits=something_waits(),
        wanted=page_of_ours(request.values.get(TO, "")),
    )
