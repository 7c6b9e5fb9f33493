"""A new code: who I am, then where to send it (J3)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.activation import steps
from webapp.activation.access import IDENTIFIED
from webapp.activation.blueprint import blueprint
from webapp.activation.code import send_code
from webapp.activation.forms import CodeChannelForm
from webapp.activation.journey import journey, keep
from webapp.beneficiaries.service import cards
from webapp.identity.asking import NotRecognised, recognise
from webapp.identity.contacts import contact_choices
from webapp.identity.forms import ChannelForm, IdentityForm
from webapp.web.access import EVERYONE, open_to
from webapp.web.once import form_key
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, now, settings


@blueprint.get("/nouveau-code")
@open_to(EVERYONE)
def new_code() -> Response:
    """Ask who I am, with what was typed before."""
    form = IdentityForm(formdata=None, data=journey().typed.get("identify"))
    return _identity_page(form)


@blueprint.post("/nouveau-code")
@open_to(EVERYONE)
def identify_myself() -> Response | BaseResponse:
    """Find the person; every kind of mismatch gets the same answer."""
    form = IdentityForm(request.form)
    if not form.validate():
        return _identity_page(form, status=422)
    current = journey()
    current.remember("identify", form.keep())
    try:
        who, found = recognise(form, lambda: _identity_page(form, status=422, no_match=True))
    except NotRecognised as refusal:
        keep(current)
        return refusal.page
    current.cards, current.subject = [str(card.id) for card in found], who.subject.hex()
    current.code_id = None
    visit().rotate(form_key())  # what was typed, and masked contacts, stay with whoever typed it
    keep(current)
    return go_to("activation.where")


def _identity_page(form: IdentityForm, status: int = 200, *, no_match: bool = False) -> Response:
    return show(
        "activation/new_code.html",
        status=status,
        form=form,
        step=steps.counter(steps.CODE, "identify"),
        no_match=no_match,
        ended=visit().ended,
    )


@blueprint.get("/nouveau-code/envoi")
@open_to(IDENTIFIED)
def where() -> Response:
    """Ask where to send the code, or say what to do when nothing is on file."""
    return _where_page(CodeChannelForm(formdata=None, data=journey().typed.get("where")))


@blueprint.post("/nouveau-code/envoi")
@open_to(IDENTIFIED)
def send() -> Response | BaseResponse:
    """Send a code to the contact that was chosen."""
    current = journey()
    held = list(cards(db(), current.card_ids).values())
    choices = contact_choices(held)
    form = CodeChannelForm(request.form)
    form.offer_contacts(choices)
    if not form.validate():
        return _where_page(form, status=422)
    to = next(choice for choice in choices if choice.value == form.channel.data)
    code_id = send_code(db(), now(), settings(), subject=bytes.fromhex(current.subject), to=to)
    current.code_id, current.sent_at = str(code_id), now().isoformat()
    current.remember("where", form.keep())
    current.sent_to = to.words
    keep(current)
    return go_to("activation.code")


def _where_page(form: ChannelForm, status: int = 200) -> Response:
    held = list(cards(db(), journey().card_ids).values())
    choices = contact_choices(held)
    form.offer_contacts(choices)
    return show(
        "activation/where.html" if choices else "activation/no_contact.html",
        status=status,
        form=form,
        step=steps.counter(steps.CODE, "where") if choices else None,
        scheme=held[0].scheme,
    )
