"""Inviting the other guardian, and answering."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.current import my_account
from webapp.family import sharing
from webapp.family.blueprint import blueprint
from webapp.family.posted import posted_child, posted_id
from webapp.family.sharing import AlreadyInvited, CannotInvite, InvitationOver, NotProven
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
    except NotProven:
        return show("family/not_proven.html", status=422)
    return go_to("family.index")
