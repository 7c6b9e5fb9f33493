"""The first page of the space; undeclared, so for whoever is signed in."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.family.here import my_family, other_space
from webapp.family.sharing import invitations
from webapp.onboarding.service import questions_left
from webapp.web.pages import show
from webapp.web.work import db, now

blueprint = Blueprint("home", __name__)


@blueprint.get("/accueil")
def home() -> Response:
    """Greet, and say what this account reaches; in a child's space, that space."""
    family, child = my_family(), other_space()
    if child is not None:
        return show("home/child.html", space=child)
    invited = invitations(db(), now(), family.own.id)
    left = questions_left(db(), family.own.id) if family.own.is_open else 0
    return show("home/home.html", mine=family, invited=invited, left=left)
