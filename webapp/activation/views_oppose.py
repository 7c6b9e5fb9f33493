"""Opposing (J5): what it means, a second confirmation, then the page that says it is recorded."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.activation import steps
from webapp.activation.access import CHOSEN
from webapp.activation.agreement import no_agreement
from webapp.activation.blueprint import blueprint
from webapp.activation.decide import OtherGuardianDecided, oppose
from webapp.activation.forms import ConfirmForm
from webapp.activation.journey import journey
from webapp.activation.views_decide import among_several, current_subject
from webapp.spaces.rules import MAY_OPPOSE, Choice, SpaceState
from webapp.spaces.service import AlreadyDecided, SpaceFrozen, receipt_of
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, settings


@blueprint.get("/opposition")
@open_to(CHOSEN)
def confirm_opposition() -> Response | BaseResponse:
    """Say what opposing means, and ask to confirm."""
    return _page(ConfirmForm(formdata=None))


@blueprint.post("/opposition")
@open_to(CHOSEN)
def record_opposition() -> Response | BaseResponse:
    """Record the opposition, once."""
    form = ConfirmForm(request.form)
    who = current_subject()
    if not form.validate():
        return _page(form, status=422)
    if who.without_guardian or journey().decision != Choice.OPPOSE:  # no step is skipped
        return go_to("activation.decision")
    try:
        oppose(db(), now(), settings(), who)
    except (OtherGuardianDecided, SpaceFrozen):
        return no_agreement(who, status=422)
    except AlreadyDecided as refusal:
        return go_to("activation.opposed" if refusal.state is SpaceState.OPPOSED else "activation.decision")
    return go_to("activation.opposed")


@blueprint.get("/opposition/faite")
@open_to(CHOSEN)
def opposed() -> Response | BaseResponse:
    """Say that it is recorded, since when, and where the receipt is."""
    who = current_subject()
    receipt = receipt_of(db(), who.person.id)
    if receipt is None or who.space.state is not SpaceState.OPPOSED:
        return go_to("activation.decision")
    return show("activation/opposed.html", who=who, receipt=receipt)


def _page(form: ConfirmForm, status: int = 200) -> Response | BaseResponse:
    who = current_subject()
    if who.without_guardian or who.space.state not in MAY_OPPOSE:
        done = who.space.state is SpaceState.OPPOSED
        return go_to("activation.opposed" if done else "activation.decision")
    step = steps.counter(steps.opposing(among_several=among_several()), "confirm")
    closing = who.space.state is SpaceState.OPENED_AUTOMATICALLY
    return show("activation/opposition.html", status=status, form=form, who=who, step=step, closing=closing)
