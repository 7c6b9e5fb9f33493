"""The children's spaces of this account, and going into one of them (J6, J7)."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.blueprint import blueprint
from webapp.family.here import enter, leave, my_family, other_space
from webapp.family.posted import posted_id
from webapp.family.sharing import invitations
from webapp.family.shown import children_of
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.work import db, now


@blueprint.get("/famille")
@open_to(SIGNED_IN)
def index() -> Response:
    """List the children's spaces, and the invitations that wait for an answer."""
    family, who = my_family(), member()
    assert who is not None
    found = children_of(db(), now(), family, who.account_id)
    return show(
        "family/index.html",
        children=found.reached,
        elsewhere=found.elsewhere,
        others=found.others,
        received=invitations(db(), now(), family.own.id),
        here=other_space(),
        account_id=who.account_id,
    )


@blueprint.post("/famille/espace")
@open_to(SIGNED_IN)
def go_in() -> BaseResponse:
    """Go into a child's space."""
    enter(posted_id("person"))
    return go_to("home.home")


@blueprint.post("/famille/retour")
@open_to(SIGNED_IN)
def go_back() -> BaseResponse:
    """Go back to one's own space."""
    leave()
    return go_to("home.home")
