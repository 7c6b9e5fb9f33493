"""The children's spaces of this account, and going into one of them (J6, J7)."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.blueprint import blueprint
from webapp.family.disagreeing import Standing, standing
from webapp.family.here import enter, leave, my_family, other_space
from webapp.family.posted import posted_id
from webapp.family.reach import Reached
from webapp.family.sharing import OtherGuardian, invitations, other_guardians
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.work import db, now


@dataclass(frozen=True)
class ChildShown:
    """One child of the page: the space, who else represents the child, and whether they disagree."""

    space: Reached
    others: list[OtherGuardian] = field(repr=False)
    standing: Standing | None

    @property
    def shared(self) -> bool:
        """Whether somebody else reaches the space."""
        return any(one.shares for one in self.others)


@blueprint.get("/famille")
@open_to(SIGNED_IN)
def index() -> Response:
    """List the children's spaces, and the invitations that wait for an answer."""
    family, who = my_family(), member()
    assert who is not None
    ids = [child.id for child in family.children]
    disagreements = standing(db(), ids, who.account_id) if ids else {}
    children = [
        ChildShown(child, other_guardians(db(), child.id, family.own.id, now()), disagreements.get(child.id))
        for child in family.children
    ]
    received = invitations(db(), now(), to_person_id=family.own.id)
    return show("family/index.html", children=children, received=received, here=other_space())


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
