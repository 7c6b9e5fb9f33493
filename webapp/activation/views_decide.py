"""The decision (J5): two choices of equal weight, or what was already decided."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.activation import steps
from webapp.activation.access import CHOSEN
from webapp.activation.agreement import no_agreement
from webapp.activation.blueprint import blueprint
from webapp.activation.decide import account_for, was_handed_over
from webapp.activation.forms import DecisionForm
from webapp.activation.journey import journey, keep
from webapp.activation.people import Subject, subject
from webapp.spaces.rules import Choice, SpaceState
from webapp.web.access import open_to
from webapp.web.forms import offer
from webapp.web.pages import go_to, show
from webapp.web.work import db, today

WORDS = {
    SpaceState.OPPOSED: ("J’ouvre l’espace santé", "Je garde mon opposition"),
    SpaceState.OPENED_AUTOMATICALLY: (
        "Je garde l’espace et je choisis mes identifiants",
        "Je ferme l’espace",
    ),
}
USUAL = ("J’ouvre l’espace santé", "Je m’y oppose")


def current_subject() -> Subject:
    """Return the person being decided for, as the registry holds them now."""
    at = journey()
    return subject(db(), UUID(at.person or ""), UUID(at.card or ""), today())


@blueprint.get("/decision")
@open_to(CHOSEN)
def decision() -> Response | BaseResponse:
    """Ask for the decision."""
    chosen, who = journey().decision, current_subject()
    if chosen == Choice.OPPOSE and who.space.state is SpaceState.OPPOSED:
        chosen = None  # it is recorded: a change of mind starts with neither chosen
    return _page(DecisionForm(formdata=None, data={"decision": chosen}), who)


@blueprint.post("/decision")
@open_to(CHOSEN)
def decide() -> Response | BaseResponse:
    """Go down the branch that was chosen; nothing is recorded yet."""
    form = DecisionForm(request.form)
    who = current_subject()
    if who.without_guardian or who.space.frozen or who.space.state is SpaceState.OPENED:
        return go_to("activation.decision")
    _offer(form, who)
    if not form.validate():
        return _page(form, who, status=422)
    at = journey()
    at.decision, at.for_guardian = form.decision.data, False
    keep(at)
    if at.decision == Choice.OPPOSE:
        already = who.space.state is SpaceState.OPPOSED
        return go_to("activation.opposed" if already else "activation.confirm_opposition")
    return go_to("activation.guardian" if who.minor else "activation.terms")


def _offer(form: DecisionForm, who: Subject) -> None:
    yes, no = WORDS.get(who.space.state, USUAL)
    form.decision.choices = offer((Choice.ACTIVATE, yes), (Choice.OPPOSE, no))


def _page(form: DecisionForm, who: Subject, status: int = 200) -> Response | BaseResponse:
    if who.without_guardian:
        return show("activation/no_guardian.html", who=who)
    if who.space.frozen:
        return no_agreement(who)
    if who.space.state is SpaceState.OPENED:
        return show("activation/already_open.html", who=who)
    _offer(form, who)
    closing = who.space.state is SpaceState.OPENED_AUTOMATICALLY
    step = steps.decision(
        among_several=among_several(),
        minor=who.minor,
        closing=closing,
        opposed=who.space.state is SpaceState.OPPOSED,
        with_account=has_own_account(who),
    )
    handed_over = closing and was_handed_over(db(), who)
    return show(
        "activation/decision.html", status=status, form=form, who=who, step=step, handed_over=handed_over
    )


def has_own_account(who: Subject) -> bool:
    """Say whether an adult has an account already (made to open a child's space): identifiers are not asked again."""
    return not who.minor and account_for(db(), who) is not None


def among_several() -> bool:
    """Say whether a person had to be chosen first: that page was a step."""
    return len(journey().proven) > 1
