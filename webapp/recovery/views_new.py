"""The new password of whoever proved the code: its rules live, every session ended, nobody signed in (J7)."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.new_password import NewPasswordForm, facts_to_avoid
from webapp.account.origin import current_origin, remember_origin
from webapp.account.passwords import hash_password, is_right
from webapp.account.service import account
from webapp.account.sessions import hold_sessions
from webapp.db.work import reading
from webapp.recovery import service, steps
from webapp.recovery.access import DONE, PROVEN
from webapp.recovery.blueprint import blueprint
from webapp.recovery.state import finish, reset
from webapp.recovery.views_password import dead_page
from webapp.spaces.codes import CodeUsed
from webapp.values.password import check_rules, kept_sentence
from webapp.web.access import open_to
from webapp.web.once import form_key
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, engine, now, settings


@blueprint.get("/mot-de-passe-oublie/nouveau")
@open_to(PROVEN)
def new_password() -> Response:
    """Ask for a password, the rules visible from the start."""
    return _page(NewPasswordForm.blank())


@blueprint.post("/mot-de-passe-oublie/nouveau")
@open_to(PROVEN)
def choose() -> Response | BaseResponse:
    """Give the account its password, end every session of it, tell its owner; nobody is signed in."""
    form = NewPasswordForm(request.form)
    current = reset()
    with reading(engine()) as session:  # the slow hash comes before anything is locked
        known = account(session, UUID(current.account or ""))
        avoid = facts_to_avoid(session, settings(), known) if known else []
    if known is None:
        return go_to("recovery.password")
    password = form.check_new(avoid)
    if password is not None and is_right(
        password, known.password_hash
    ):  # nothing would change, but it would be said
        form.password.errors = ["C’est déjà mon mot de passe. Choisissez-en un autre"]
        password = None
    if password is None:
        return _page(form, status=422)
    hashed, here = hash_password(password), visit()
    code_id = UUID(current.code_id or "")
    hold_sessions(db(), known.id)  # before its codes and the account, as a form of each of them does
    try:
        known = service.choose_password(
            db(), now(), settings(), code_id, hashed, current_origin(), but=here.row_id
        )
    except service.ProofGone:
        return dead_page(CodeUsed(), 422)
    response = remember_origin(go_to("recovery.done"), known.id)  # its counter before the journal
    here.rotate(form_key())
    finish()
    service.record_reset(db(), now(), known)
    return response


@blueprint.get("/mot-de-passe-oublie/fait")
@open_to(DONE)
def done() -> Response:
    """Say what happened, and lead to the sign-in."""
    return show("recovery/done.html")


def _page(form: NewPasswordForm, status: int = 200) -> Response:
    states = check_rules("")  # a password is never sent back: the field is empty, and so is what is ticked
    return show(
        "recovery/new_password.html",
        status=status,
        form=form,
        step=steps.counter(steps.PASSWORD, "password"),
        identifier=reset().identifier,
        rules=states,
        sentence=kept_sentence(states),
    )
