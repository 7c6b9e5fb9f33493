"""A forgotten password: whose it is, then the code that was sent (J7). Nothing here tells whether anybody has it."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.origin import current_origin
from webapp.recovery import service, steps
from webapp.recovery.access import ASKED, PROVEN
from webapp.recovery.blueprint import blueprint
from webapp.recovery.forms import ForgottenForm, ResetCodeForm
from webapp.recovery.state import Reset, keep, reminder, reset
from webapp.spaces.awaited import live_until
from webapp.spaces.codes import CodeExpired, CodeReplaced, CodeSpent, CodeUsed, WrongCode
from webapp.spaces.rules import CODE_LIFE
from webapp.values.french import plural
from webapp.values.identifier import LONGEST
from webapp.values.refusal import Refusal
from webapp.web.access import EVERYONE, open_to
from webapp.web.forms import tidy
from webapp.web.once import form_key
from webapp.web.pages import go_to, show
from webapp.web.visit import on_shared_computer, visit
from webapp.web.work import db, now, settings

DEAD: dict[type[Refusal], tuple[str, str]] = {
    CodeExpired: ("Ce code a expiré", f"Un code vit {CODE_LIFE.seconds // 60} minutes."),
    CodeUsed: ("Ce code a déjà servi", "Un code sert une seule fois."),
    CodeReplaced: (
        "Ce code a été remplacé",
        "Un code plus récent a été demandé\u202f: lui seul compte, là où il a été demandé.",
    ),
    CodeSpent: ("Trop d’essais avec ce code", "Après 5 essais, un code ne marche plus, même le bon."),
}
"""Heading and reason of each page on which a code can no longer serve."""


@blueprint.get("/mot-de-passe-oublie")
@open_to(EVERYONE)
def password() -> Response:
    """Ask for the identifier, with the one given before."""
    known = "" if on_shared_computer() else reset().identifier
    return _password_page(ForgottenForm.blank(identifier=known))


@blueprint.post("/mot-de-passe-oublie")
@open_to(EVERYONE)
def ask() -> Response | BaseResponse:
    """Send a code to the account, if there is one: the answer is the same when there is none."""
    form = ForgottenForm(request.form)
    if not form.validate():
        return _password_page(form, status=422)
    identifier, channel = tidy(form.identifier.data), tidy(form.channel.data)
    awaited = reset().code_id
    code_id = service.ask(
        db(),
        now(),
        settings(),
        identifier,
        current_origin(),
        channel=channel,
        instead_of=UUID(awaited) if awaited else None,
        card_ids=reminder().card_ids,
    )
    kept = identifier if len(identifier) <= LONGEST else ""
    keep(Reset(code_id=str(code_id), identifier=kept, channel="sms" if channel == "sms" else "email"))
    return go_to("recovery.code")


@blueprint.get("/mot-de-passe-oublie/code")
@open_to(ASKED)
def code() -> Response | BaseResponse:
    """Ask for the code; say until when it serves, and what to do when nothing comes."""
    if PROVEN.reached():
        return go_to("recovery.new_password")
    return _code_page(ResetCodeForm.blank())


@blueprint.post("/mot-de-passe-oublie/code")
@open_to(ASKED)
def enter() -> Response | BaseResponse:
    """Use the code up; a right one lets its account's password be chosen, under a new id."""
    form = ResetCodeForm(request.form)
    if not form.validate():
        return _code_page(form, status=422)
    current = reset()
    try:
        account_id = service.redeem(db(), now(), UUID(current.code_id or ""), form.code.data or "")
    except WrongCode as refusal:
        left = refusal.tries_left or 0
        form.code.errors = [f"Ce n’est pas le bon code. Il reste {left} {plural(left, 'essai', 'essais')}"]
        return _code_page(form, status=422)
    except tuple(DEAD) as refusal:
        return dead_page(refusal, 422)
    current.account, current.proven_at = str(account_id), now().isoformat()
    visit().rotate(form_key())
    keep(current)
    return go_to("recovery.new_password")


@blueprint.get("/mot-de-passe-oublie/sans-adresse")
@open_to(EVERYONE)
def no_address() -> Response:
    """Say what to do, on a page to print, when the addresses of the account reach nobody any more."""
    return show("recovery/no_address.html")


def _password_page(form: ForgottenForm, status: int = 200) -> Response:
    return show(
        "recovery/password.html",
        status=status,
        form=form,
        step=steps.counter(steps.PASSWORD, "identifier"),
        ended=visit().ended,
    )


def _code_page(form: ResetCodeForm, status: int = 200) -> Response:
    current = reset()
    try:
        until = live_until(db(), UUID(current.code_id or ""), now())
    except tuple(DEAD) as refusal:
        return dead_page(refusal, status)
    return show(
        "recovery/code.html",
        status=status,
        form=form,
        step=steps.counter(steps.PASSWORD, "code"),
        asked=current,
        until=until,
    )


def dead_page(refusal: Refusal, status: int) -> Response:
    """Say why a code no longer serves, with a button that asks for another."""
    heading, reason = DEAD[type(refusal)]
    return show(
        "recovery/code_dead.html",
        status=status,
        heading=heading,
        reason=reason,
        identifier=reset().identifier,
        newer=status == 422 and isinstance(refusal, CodeReplaced) and _is_live(),
    )


def _is_live() -> bool:
    try:
        live_until(db(), UUID(reset().code_id or ""), now())
    except tuple(DEAD):
        return False
    return True
