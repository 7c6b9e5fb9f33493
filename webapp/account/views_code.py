"""The access code: entering it, having another one sent, and what to do when it no longer serves (J7)."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account import access_codes, steps
from webapp.account.access import KEY, PASSWORD_RIGHT, sign_in_id
from webapp.account.access_codes import (
    Pending,
    SignInExpired,
    SignInOver,
    SignInSpent,
    SignInUsed,
    WrongAccessCode,
)
from webapp.account.blueprint import blueprint
from webapp.account.forms import AccessCodeForm
from webapp.account.origin import remember_origin
from webapp.account.sending import destinations, masked, put_access_code
from webapp.account.service import AccountView, account
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.mail.letter import Destination
from webapp.values.french import plural
from webapp.web.access import open_to
from webapp.web.once import form_key
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.signed_in import sign_in as start_session
from webapp.web.visit import visit
from webapp.web.work import db, now, settings

DEAD: dict[type[SignInOver], tuple[str, str]] = {
    SignInExpired: ("Ce code a expiré", "Un code d’accès ne vit pas longtemps, pour ma sécurité."),
    SignInUsed: ("Ce code a déjà servi", "Un code sert une seule fois."),
    SignInSpent: ("Trop d’essais avec ce code", "Après 5 essais, un code ne marche plus, même le bon."),
}
"""Heading and reason of each page on which a code can no longer serve."""


@blueprint.get("/connexion/code")
@open_to(PASSWORD_RIGHT)
def code() -> Response | BaseResponse:
    """Ask for the code; say where it went, until when it serves, and what to do when nothing comes."""
    if member() is not None:
        return go_to("home.home")
    return _page(AccessCodeForm(formdata=None))


@blueprint.post("/connexion/code")
@open_to(PASSWORD_RIGHT)
def enter_code() -> Response | BaseResponse:
    """Use the code up, and start the session under a new id."""
    form = AccessCodeForm(request.form)
    if not form.validate():
        return _page(form, status=422)
    awaited = sign_in_id()
    assert awaited is not None
    try:
        account_id = access_codes.check(db(), now(), awaited, form.code.data or "")
    except WrongAccessCode as refusal:
        left = refusal.tries_left
        form.code.errors = [
            "Ce n’est pas le bon code\u202f: seul le dernier envoyé compte. "
            f"Il reste {left} {plural(left, 'essai', 'essais')}"
        ]
        return _page(form, status=422)
    except SignInOver as over:
        return _dead_page(type(over), status=422)
    known, used = account(db(), account_id), access_codes.pending(db(), now(), awaited)
    assert known is not None
    by = used.channel if used else "email"
    start_session(account_id, form_key(), kept={KEY: visit().data[KEY]}, by=by)
    response = remember_origin(go_to("home.home"), account_id)
    record(db(), Event.SIGN_IN_DONE, now=now(), account_id=account_id, beneficiary_id=known.beneficiary_id)
    return response


@blueprint.post("/connexion/code/renvoyer")
@open_to(PASSWORD_RIGHT)
def resend() -> Response | BaseResponse:
    """Send a new code, by the same channel or the one asked for; the one before dies."""
    awaited, known = _awaited()
    if awaited is None or known is None:
        return go_to("account.sign_in")
    possible = destinations(db(), known)
    to = possible.get(request.form.get("channel", "")) or possible.get(awaited.channel)
    if to is None:
        return go_to("account.sign_in")
    life = timedelta(minutes=settings().access_code_minutes)
    try:
        sent = access_codes.resend(db(), now(), awaited.id, known, to.channel, life)
    except SignInOver as over:
        return _dead_page(type(over), status=422, may_resend=False)
    put_access_code(db(), now(), settings(), known, sent, to)
    here = visit()
    here.data[KEY] = {"id": str(awaited.id), "wanted": to.channel}
    here.save()
    return go_to("account.code")


def _awaited() -> tuple[Pending | None, AccountView | None]:
    wanted = sign_in_id()
    awaited = access_codes.pending(db(), now(), wanted) if wanted else None
    return awaited, account(db(), awaited.account_id) if awaited else None


def _page(form: AccessCodeForm, status: int = 200) -> Response | BaseResponse:
    awaited, known = _awaited()
    if awaited is None or known is None:
        return go_to("account.sign_in")
    if awaited.over is not None:
        return _dead_page(awaited.over, status)
    possible = destinations(db(), known)
    to = possible[awaited.channel]
    others = {channel: other for channel, other in possible.items() if channel != awaited.channel}
    return show(
        "account/code.html",
        status=status,
        form=form,
        step=steps.counter("code"),
        channel=awaited.channel,
        sent_to=masked(to),
        until=awaited.expires_at,
        again=awaited.sends > 1,
        fell_back=visit().data[KEY]["wanted"] != awaited.channel,
        other=_other(others),
    )


def _other(others: dict[str, Destination]) -> tuple[str, str] | None:
    """Name the other channel and show its masked address, when there is one."""
    return next(((channel, masked(to)) for channel, to in others.items()), None)


def _dead_page(over: type[SignInOver], status: int, *, may_resend: bool = True) -> Response:
    heading, reason = DEAD[over]
    return show(
        "account/code_dead.html",
        status=status,
        heading=heading,
        reason=reason,
        may_resend=may_resend and over is not SignInUsed,
    )
