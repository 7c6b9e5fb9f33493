"""A forgotten identifier: who I am, where to send it, then a page that says it is sent (J7)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.beneficiaries.service import cards
from webapp.identity.asking import NotRecognised, recognise
from webapp.identity.contacts import contact_choices
from webapp.identity.forms import IdentityForm
from webapp.recovery import steps
from webapp.recovery.access import IDENTIFIED, REMINDED
from webapp.recovery.blueprint import blueprint
from webapp.recovery.forms import ReminderChannelForm
from webapp.recovery.reminding import remind
from webapp.recovery.state import Reminder, keep, reminder
from webapp.web.access import EVERYONE, open_to
from webapp.web.once import form_key
from webapp.web.pages import go_to, show
from webapp.web.visit import on_shared_computer, visit
from webapp.web.work import db, now, settings


@blueprint.get("/identifiant-oublie")
@open_to(EVERYONE)
def identifier() -> Response:
    """Ask who I am, with what was typed before."""
    return _identity_page(IdentityForm.blank(**reminder().typed))


@blueprint.post("/identifiant-oublie")
@open_to(EVERYONE)
def identify_myself() -> Response | BaseResponse:
    """Find the person; every kind of mismatch gets the same answer."""
    form = IdentityForm(request.form)
    if not form.validate():
        return _identity_page(form, status=422)
    current = Reminder(typed={} if on_shared_computer() else form.keep())
    try:
        who, found = recognise(form, lambda: _identity_page(form, status=422, no_match=True))
    except NotRecognised as refusal:
        keep(current)
        return refusal.page
    current.cards, current.subject = [str(card.id) for card in found], who.subject.hex()
    visit().rotate(form_key())  # what was typed, and masked contacts, stay with whoever typed it
    keep(current)
    return go_to("recovery.where")


@blueprint.get("/identifiant-oublie/envoi")
@open_to(IDENTIFIED)
def where() -> Response:
    """Ask where to send it, or say what to do when nothing is on file."""
    return _where_page(ReminderChannelForm.blank())


@blueprint.post("/identifiant-oublie/envoi")
@open_to(IDENTIFIED)
def send() -> Response | BaseResponse:
    """Send it to the contact that was chosen; whether there is an account is for the letter to say."""
    current = reminder()
    choices = contact_choices(list(cards(db(), current.card_ids).values()))
    form = ReminderChannelForm(request.form)
    form.offer_contacts(choices)
    if not form.validate():
        return _where_page(form, status=422)
    to = next(choice for choice in choices if choice.value == form.channel.data)
    remind(db(), now(), settings(), subject=bytes.fromhex(current.subject), to=to)
    current.sent_to = to.words
    keep(current)
    return go_to("recovery.sent")


@blueprint.get("/identifiant-oublie/envoye")
@open_to(REMINDED)
def sent() -> Response:
    """Say where it went, and what to do next."""
    return show("recovery/sent.html", sent_to=reminder().sent_to)


def _identity_page(form: IdentityForm, status: int = 200, *, no_match: bool = False) -> Response:
    return show(
        "recovery/identifier.html",
        status=status,
        form=form,
        step=steps.counter(steps.IDENTIFIER, "identify"),
        no_match=no_match,
        ended=visit().ended,
    )


def _where_page(form: ReminderChannelForm, status: int = 200) -> Response:
    held = list(cards(db(), reminder().card_ids).values())
    choices = contact_choices(held)
    form.offer_contacts(choices)
    return show(
        "recovery/where.html" if choices else "recovery/no_contact.html",
        status=status,
        form=form,
        step=steps.counter(steps.IDENTIFIER, "where") if choices else None,
        scheme=held[0].scheme,
    )
