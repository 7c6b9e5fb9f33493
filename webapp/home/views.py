"""The first page of the space; undeclared, so for whoever is signed in."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from webapp.home.service import mine
from webapp.values.clock import paris_day
from webapp.web.pages import show
from webapp.web.signed_in import member
from webapp.web.work import db, now

blueprint = Blueprint("home", __name__)


@blueprint.get("/accueil")
def home() -> Response:
    """Greet, and say what this account reaches."""
    who = member()
    found = mine(db(), who.account_id, paris_day(now())) if who else None
    if found is None:
        abort(404)
    return show("home/home.html", mine=found)
