"""The authenticator application: adding it in two steps, since when it is there, removing it (J7)."""

from __future__ import annotations

from flask import Response, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.channels import Channels, channels_of
from webapp.account.step_up import STEPPED_UP
from webapp.account.ways import held
from webapp.factors import steps
from webapp.factors.awaited import await_secret, awaited_secret
from webapp.factors.blueprint import blueprint
from webapp.factors.forms import WRONG, FirstCodeForm
from webapp.factors.owner import announce, owner
from webapp.factors.rules import group_secret, new_secret, secret_address
from webapp.factors.service import (
    AlreadyAdded,
    WrongFactorCode,
    add_authenticator,
    authenticator,
    remove_authenticator,
)
from webapp.journal.events import Event
from webapp.pdf.qr import qr_svg
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, settings


@blueprint.get("/compte/application")
@open_to(STEPPED_UP)
def application() -> Response:
    """Say since when the application is there, or what is needed to add one."""
    known = owner()
    found = authenticator(db(), known.id)
    if found is None:
        return show("factors/prepare.html", step=steps.counter("prepare"))
    return show("factors/application.html", found=found, left=held(db(), known.id).recovery_codes)


@blueprint.post("/compte/application")
@open_to(STEPPED_UP)
def begin_application() -> BaseResponse:
    """Make a key to share with the application; nothing is stored before its first code."""
    if authenticator(db(), owner().id) is not None:
        return go_to("factors.application")
    await_secret(new_secret())
    return go_to("factors.first_code")


@blueprint.get("/compte/application/code")
@open_to(STEPPED_UP)
def first_code() -> Response | BaseResponse:
    """Show the key, drawn and written, and ask for a first code."""
    return _first_code_page(FirstCodeForm.blank())


@blueprint.post("/compte/application/code")
@open_to(STEPPED_UP)
def enter_first_code() -> Response | BaseResponse:
    """Store the application once it has shown a right code."""
    form, secret = FirstCodeForm(request.form), awaited_secret()
    if secret is None:
        return go_to("factors.application")
    if not form.validate():
        return _first_code_page(form, status=422)
    known = owner()
    try:
        add_authenticator(db(), now(), known.id, secret, form.code.data or "")
    except WrongFactorCode:
        form.code.errors = [WRONG]
        return _first_code_page(form, status=422)
    except AlreadyAdded:
        await_secret(None)
        return go_to("factors.application")
    await_secret(None)
    announce(known, "factor-added", Event.AUTHENTICATOR_ADDED)
    return go_to("factors.application")


@blueprint.get("/compte/application/retirer")
@open_to(STEPPED_UP)
def leave_application() -> Response | BaseResponse:
    """Say what removing the application means, and ask."""
    known = owner()
    if authenticator(db(), known.id) is None:
        return go_to("factors.application")
    channels = channels_of(db(), known)
    return show(
        "factors/remove.html",
        left=channels.held.recovery_codes,
        only_way=_is_only_way(channels),
        mail=channels.has("email"),
        phone=channels.has("sms"),
    )


@blueprint.post("/compte/application/retirer")
@open_to(STEPPED_UP)
def remove_application() -> BaseResponse:
    """Remove it, unless nobody could sign in any more; sending this twice changes nothing, tells nobody twice."""
    known = owner()
    if _is_only_way(channels_of(db(), known)):
        return go_to("factors.leave_application")
    if remove_authenticator(db(), known.id):
        announce(known, "factor-removed", Event.AUTHENTICATOR_REMOVED)
    return go_to("factors.application")


def _is_only_way(channels: Channels) -> bool:
    """Say whether no code could be had without the application."""
    return channels.held.app and not channels.places and not channels.held.recovery_codes


def _first_code_page(form: FirstCodeForm, status: int = 200) -> Response | BaseResponse:
    secret, known = awaited_secret(), owner()
    if secret is None or authenticator(db(), known.id) is not None:
        return go_to("factors.application")
    address = secret_address(secret, known.identifier, settings().site_name)
    drawing = qr_svg(address, "Dessin à scanner avec l’application. La clé écrite plus bas dit la même chose")
    return show(
        "factors/first_code.html",
        status=status,
        form=form,
        step=steps.counter("code"),
        drawing=Markup(drawing),  # noqa: S704  (segno escapes the title; the rest is a path)
        address=address,
        secret=group_secret(secret),
        identifier=known.identifier,
    )
