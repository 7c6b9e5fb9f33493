"""Inviting the other guardian, answering, and saying that one does not agree."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.current import my_account
from webapp.family import disagreeing, sharing
from webapp.family.blueprint import blueprint
from webapp.family.disagreeing import NotShared
from webapp.family.forms import DisagreementForm
from webapp.family.here import my_family
from webapp.family.posted import posted_child, posted_id
from webapp.family.reach import Reached
from webapp.family.sharing import AlreadyInvited, CannotInvite, InvitationOver
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, settings


@blueprint.post("/famille/inviter")
@open_to(SIGNED_IN)
def invite() -> BaseResponse:
    """Invite another legal representative whom the registry names; 404 for anybody else."""
    child, other = posted_child(), posted_id("guardian")
    try:
        sharing.invite(db(), now(), settings(), my_account(), child.id, other)
    except CannotInvite:
        abort(404)
    except AlreadyInvited:
        pass  # the page says so
    return go_to("family.index")


@blueprint.post("/famille/invitation/retirer")
@open_to(SIGNED_IN)
def withdraw() -> Response | BaseResponse:
    """Take back an invitation."""
    try:
        sharing.withdraw(db(), now(), my_account(), posted_id("invitation"))
    except InvitationOver:
        return show("family/invitation_over.html", status=422)
    return go_to("family.index")


@blueprint.post("/famille/invitation")
@open_to(SIGNED_IN)
def answer() -> Response | BaseResponse:
    """Accept or refuse an invitation that one received."""
    said = request.form.get("answer")
    if said not in ("accept", "refuse"):
        abort(404)
    try:
        sharing.answer(
            db(), now(), settings(), my_account(), posted_id("invitation"), accepted=said == "accept"
        )
    except InvitationOver:
        return show("family/invitation_over.html", status=422)
    return go_to("family.index")


@blueprint.get("/famille/desaccord")
@open_to(SIGNED_IN)
def disagreement() -> Response | BaseResponse:
    """Say what a disagreement does, and whom to ask; without a shared space there is nothing to say."""
    return _disagreement_page(DisagreementForm.blank())


@blueprint.post("/famille/desaccord")
@open_to(SIGNED_IN)
def disagree() -> Response | BaseResponse:
    """Freeze the child's space as it is."""
    form, child = DisagreementForm(request.form), posted_child()
    if not form.validate():
        return _disagreement_page(form, status=422)
    try:
        disagreeing.disagree(db(), now(), settings(), my_account(), child.id)
    except NotShared:
        abort(404)
    return go_to("family.disagreement")


@blueprint.post("/famille/accord")
@open_to(SIGNED_IN)
def agree() -> BaseResponse:
    """Take back what one said."""
    disagreeing.agree(db(), now(), settings(), my_account(), posted_child().id)
    return go_to("family.index")


def _shared_children() -> list[Reached]:
    return [child for child in my_family().children if len(sharing.sharing_accounts(db(), child.id)) > 1]


def _disagreement_page(form: DisagreementForm, status: int = 200) -> Response | BaseResponse:
    children = _shared_children()
    if not children:
        return go_to("family.index")
    standing = disagreeing.standing(db(), [child.id for child in children], my_account().id)
    return show("family/disagreement.html", status=status, form=form, children=children, standing=standing)
