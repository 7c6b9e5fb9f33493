"""Entering a code (J4), verifying an invited person, choosing among several."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.activation import steps
from webapp.activation.access import PROVEN, RECOGNISED
from webapp.activation.blueprint import blueprint
from webapp.activation.code import enter_code, verify_invited
from webapp.activation.forms import PersonForm, VerificationForm
from webapp.activation.journey import Journey, journey, keep
from webapp.activation.people import persons_of
from webapp.spaces.codes import CodeExpired, CodeReplaced, CodeSpent, CodeUsed, WrongCode, invited_cards
from webapp.spaces.forms import CodeForm
from webapp.spaces.rules import CODE_LIFE, CodeKind
from webapp.values.ages import is_minor
from webapp.values.french import plural
from webapp.values.refusal import Refusal
from webapp.web.access import EVERYONE, open_to
from webapp.web.client import client_address
from webapp.web.forms import offer
from webapp.web.once import form_key
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, now, today

DEAD = {
    CodeExpired: (
        "Ce code a expiré",
        "Un code demandé ici vit 15 minutes. Celui d’une invitation vit jusqu’à la date écrite dessus.",
    ),
    CodeUsed: ("Ce code a déjà servi", "Un code sert une seule fois."),
    CodeReplaced: ("Ce code a été remplacé", "Un code plus récent a été envoyé\u202f: c’est lui qui compte."),
    CodeSpent: ("Trop d’essais avec ce code", "Après 5 essais, un code ne marche plus, même le bon."),
}
"""Heading and reason of each page on which a code can no longer serve."""


@blueprint.get("/code")
@open_to(EVERYONE)
def code() -> Response:
    """Ask for the code, and say where it was sent."""
    return _code_page(CodeForm(formdata=None))


@blueprint.post("/code")
@open_to(EVERYONE)
def enter() -> Response | BaseResponse:
    """Recognise the code; a right one lets its people decide."""
    form = CodeForm(request.form)
    if not form.validate():
        return _code_page(form, status=422)
    current = journey()
    live = UUID(current.code_id) if current.code_id else None
    try:
        found = enter_code(db(), now(), form.code.data or "", live=live, address=client_address())
    except WrongCode as refusal:
        form.code.errors = [_wrong(refusal)]
        return _code_page(form, status=422)
    except tuple(DEAD) as refusal:
        return _dead_page(refusal)
    if found.kind is CodeKind.INVITATION:
        current.invited_code = str(found.id)
        keep(current)
        return go_to("activation.verification")
    return _proven(current, found.card_ids)


@blueprint.get("/verification")
@open_to(RECOGNISED)
def verification() -> Response:
    """Ask for birth date and card serial after an invitation code."""
    return _verification_page(VerificationForm(formdata=None))


@blueprint.post("/verification")
@open_to(RECOGNISED)
def verify() -> Response | BaseResponse:
    """Prove an invitation code with what a stolen letter does not tell."""
    form = VerificationForm(request.form)
    if not form.validate():
        return _verification_page(form, status=422)
    current = journey()
    code_id = UUID(current.invited_code or "")
    try:
        fitting = verify_invited(db(), now(), code_id, invited_cards(db(), code_id), form.born, form.serial)
    except WrongCode as refusal:
        form.refusal = f"Ces informations ne vont pas avec ce code. {_tries(refusal)}".strip()
        return _verification_page(form, status=422)
    except tuple(DEAD) as refusal:
        return _dead_page(refusal)
    return _proven(current, fitting)


def _proven(current: Journey, card_ids: tuple[UUID, ...]) -> BaseResponse:
    """Start the decision: a new id for the visit, and one person or a choice."""
    fresh = Journey(proven=[str(card) for card in card_ids], typed=current.typed)
    persons = persons_of(db(), card_ids)
    if len(persons) == 1:
        fresh.choose(persons[0].id, persons[0].card_id)
    visit().rotate(form_key())
    keep(fresh)
    return go_to("activation.decision" if fresh.person else "activation.person")


@blueprint.get("/personne")
@open_to(PROVEN)
def person() -> Response:
    """Ask which of several people the decision is for."""
    return _person_page(PersonForm(formdata=None))


@blueprint.post("/personne")
@open_to(PROVEN)
def choose_person() -> Response | BaseResponse:
    """Go on with one person."""
    current = journey()
    form = PersonForm(request.form)
    persons = persons_of(db(), current.proven_ids)
    form.person.choices = offer(*((str(one.id), one.name) for one in persons))
    if not form.validate():
        return _person_page(form, status=422)
    chosen = next(one for one in persons if str(one.id) == form.person.data)
    current.choose(chosen.id, chosen.card_id)
    keep(current)
    return go_to("activation.decision")


def _code_page(form: CodeForm, status: int = 200) -> Response:
    current = journey()
    sent_at = datetime.fromisoformat(current.sent_at) if current.sent_at else None
    return show(
        "activation/code.html",
        status=status,
        form=form,
        step=steps.counter(steps.CODE, "enter") if current.cards else steps.typed_code(),
        sent_to=current.sent_to,
        until=sent_at + CODE_LIFE if sent_at else None,
        ended=visit().ended,
    )


def _verification_page(form: VerificationForm, status: int = 200) -> Response:
    step = steps.counter(steps.INVITED, "verify")
    return show("activation/verification.html", status=status, form=form, step=step)


def _person_page(form: PersonForm, status: int = 200) -> Response:
    persons = persons_of(db(), journey().proven_ids)
    form.person.choices = offer(*((str(one.id), one.name) for one in persons))
    step = steps.person(minor=all(is_minor(one.born, today()) for one in persons))
    return show("activation/person.html", status=status, form=form, step=step)


def _dead_page(refusal: Refusal) -> Response:
    heading, reason = DEAD[type(refusal)]
    return show(
        "activation/code_dead.html",
        status=422,
        heading=heading,
        reason=reason,
        replaced=type(refusal) is CodeReplaced,
    )


def _wrong(refusal: WrongCode) -> str:
    if refusal.tries_left is None:
        return "Ce code n’est pas reconnu. Vérifiez chaque caractère, ou demandez un nouveau code"
    return f"Ce n’est pas le bon code. {_tries(refusal)}"


def _tries(refusal: WrongCode) -> str:
    left = refusal.tries_left
    return f"Il reste {left} {plural(left, 'essai', 'essais')}" if left else ""
