"""Two legal representatives who do not agree about a child (J5): saying so with a code, and taking it back."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.activation.access import CHOSEN
from webapp.activation.agreement import no_agreement
from webapp.activation.blueprint import blueprint
from webapp.activation.decide import guardian_of
from webapp.activation.people import Subject
from webapp.activation.views_decide import current_subject
from webapp.family import disagreeing
from webapp.family.forms import DisagreementForm
from webapp.family.guardians import sharing_accounts
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, settings


@blueprint.get("/desaccord")
@open_to(CHOSEN)
def disagreement() -> Response | BaseResponse:
    """Say what a disagreement does; once it is said, that the space stays as it is, and whom to ask."""
    return _page(DisagreementForm(formdata=None))


@blueprint.post("/desaccord")
@open_to(CHOSEN)
def disagree() -> Response | BaseResponse:
    """Freeze a space that the other representative opened."""
    form, who = DisagreementForm(request.form), current_subject()
    if not _opened_by_another(who):
        return go_to("activation.decision")
    if not form.validate():
        return _page(form, status=422)
    by = guardian_of(db(), who)
    if by is not None:
        disagreeing.declare(db(), now(), settings(), who.person.id, by.id)
    return go_to("activation.disagreement")


@blueprint.post("/accord")
@open_to(CHOSEN)
def agree() -> BaseResponse:
    """Take back what one said oneself."""
    who = current_subject()
    by = guardian_of(db(), who)
    if by is not None and who.minor and who.represented:
        disagreeing.agree(db(), now(), settings(), who.person.id, by.id)
    return go_to("activation.decision")


def _opened_by_another(who: Subject) -> bool:
    """Say whether an account of another representative reaches the child's space."""
    if not who.minor or who.without_guardian:
        return False
    by = guardian_of(db(), who)
    return by is not None and any(one != by.id for one in sharing_accounts(db(), who.person.id).values())


def _page(form: DisagreementForm, status: int = 200) -> Response | BaseResponse:
    who = current_subject()
    if who.space.frozen and who.minor and who.represented:
        return no_agreement(who)
    if not _opened_by_another(who):
        return go_to("activation.decision")
    return show("activation/disagreement.html", status=status, form=form, who=who)
