"""Another password (J7): its rules live, every other session ended."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.new_password import NewPasswordForm, facts_to_avoid
from webapp.account.passwords import hash_password, is_right
from webapp.account.step_up import STEPPED_UP
from webapp.db.work import reading
from webapp.my_account import service
from webapp.my_account.blueprint import blueprint
from webapp.my_account.mine import my_account_read
from webapp.values.password import check_rules, kept_sentence
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.once import form_key
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, engine, now, settings


@blueprint.get("/compte/mot-de-passe")
@open_to(STEPPED_UP)
def password() -> Response:
    """Ask for a password, the rules visible from the start."""
    return _page(NewPasswordForm.blank())


@blueprint.post("/compte/mot-de-passe")
@open_to(STEPPED_UP)
def change_password() -> Response | BaseResponse:
    """Change it, end every other session, take a new id for this one."""
    form, known = NewPasswordForm(request.form), my_account_read()
    with reading(engine()) as session:
        avoid = facts_to_avoid(session, settings(), known)
    chosen = form.check_new(avoid)
    if chosen is not None and is_right(chosen, known.password_hash):
        form.password.errors = ["C’est déjà mon mot de passe. Choisissez-en un autre"]
        chosen = None
    if chosen is None:
        return _page(form, status=422)
    hashed, here = hash_password(chosen), visit()
    here.rotate(form_key())
    here.save()
    assert here.row_id is not None
    service.change_password(db(), now(), settings(), known, hashed, here.row_id)
    return go_to("my_account.password_changed")


@blueprint.get("/compte/mot-de-passe/fait")
@open_to(SIGNED_IN)
def password_changed() -> Response:
    """Say that it changed, and that the other devices are signed out."""
    return show("my_account/password_changed.html")


def _page(form: NewPasswordForm, status: int = 200) -> Response:
    states = check_rules("")  # a password is never sent back: the field is empty, and so is what is ticked
    return show(
        "my_account/password.html", status=status, form=form, rules=states, sentence=kept_sentence(states)
    )
