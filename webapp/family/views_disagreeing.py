"""Saying that one does not agree with the other guardian, and taking it back."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.current import my_account
from webapp.family import disagreeing
from webapp.family.blueprint import blueprint
from webapp.family.disagreeing import NotShared
from webapp.family.forms import DisagreementForm
from webapp.family.guardians import proven_by_owner
from webapp.family.here import my_family
from webapp.family.posted import posted_child, posted_id
from webapp.family.shown import children_of
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.work import db, now, settings


@blueprint.get("/famille/desaccord")
@open_to(SIGNED_IN)
def disagreement() -> Response | BaseResponse:
    """Say what a disagreement does, and whom to ask; without a shared space there is nothing to say."""
    return _page(DisagreementForm.blank())


@blueprint.post("/famille/desaccord")
@open_to(SIGNED_IN)
def disagree() -> Response | BaseResponse:
    """Freeze the child's space as it is."""
    form, child = DisagreementForm(request.form), posted_child()
    if not form.validate():
        return _page(form, status=422, about=child.id)
    if not proven_by_owner(db(), my_account()):
        return _not_proven()
    try:
        disagreeing.disagree(db(), now(), settings(), my_account(), child.id)
    except NotShared:
        abort(404)
    return go_to("family.disagreement")


@blueprint.post("/famille/accord")
@open_to(SIGNED_IN)
def agree() -> Response | BaseResponse:
    """Take back what one said; 404 for a child about whom one said nothing."""
    known, child_id = my_account(), posted_id("person")
    if not proven_by_owner(db(), known):
        return _not_proven()
    if not disagreeing.agree(
        db(), now(), settings(), child_id, my_family().own.id, account_id=known.id
    ) and not my_family().child(child_id):
        abort(404)
    return go_to("family.index")


def _not_proven() -> Response:
    """Say that whoever made the account with a child's card speaks for nobody else."""
    return show("family/not_proven.html", status=422)


def _page(form: DisagreementForm, status: int = 200, about: UUID | None = None) -> Response | BaseResponse:
    """Each child has a form; the fields that carry a mistake are those of the child `about` whom it was made."""
    who = member()
    assert who is not None
    found = children_of(db(), now(), my_family(), who.account_id)
    children = [one for one in (*found.reached, *found.elsewhere) if one.shared or one.frozen]
    if not children:
        return go_to("family.index")
    first = next((one.id for one in children if one.shared and not one.frozen), None)
    return show("family/disagreement.html", status=status, form=form, children=children, asked=about or first)
